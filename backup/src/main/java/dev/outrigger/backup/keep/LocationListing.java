package dev.outrigger.backup.keep;

import dev.outrigger.backup.location.ObjectStore;
import dev.outrigger.backup.location.StoredObject;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/** One pass over all that lies at a location, page by page. */
final class LocationListing {

    private static final int PAGE = 1_000;

    private LocationListing() {}

    /** Shows each object, ascending by name. What is written meanwhile may be shown or not. */
    static void forEach(ObjectStore store, Consumer<StoredObject> objects) throws IOException {
        String after = "";
        List<StoredObject> page;
        do {
            page = store.list("", after, PAGE);
            page.forEach(objects);
            after = page.isEmpty() ? after : page.get(page.size() - 1).name().value();
        } while (page.size() == PAGE);
    }
}
