package dev.outrigger.backup.location;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ObjectStoresTest {

    @TempDir
    private Path root;

    @Test
    void onlyWhatIsUnderARootIsOpened() throws IOException {
        FileLocation allowed = new FileLocation(root.toRealPath().toString());
        try (ObjectStores stores = stores(allowed)) {
            assertThat(stores.open(Location.parse(allowed + "/a"))).isInstanceOf(DirectoryStore.class);
            assertThatThrownBy(() -> stores.open(Location.parse("file:///etc")))
                    .isInstanceOf(LocationNotAllowedException.class);
            assertThatThrownBy(() -> stores.open(Location.parse("s3://backups/a")))
                    .isInstanceOf(LocationNotAllowedException.class);
        }
    }

    @Test
    void nothingIsOpenedAfterTheEnd() {
        S3Location allowed = new S3Location("backups", "a");
        ObjectStores stores = stores(allowed);
        stores.close();
        stores.close();
        assertThatThrownBy(() -> stores.open(allowed)).hasMessage("stores: closed (expected: open)");
    }

    private static ObjectStores stores(Location root) {
        return new ObjectStores(
                LocationRoots.of(List.of(root)), S3Settings.builder().build());
    }
}
