package dev.outrigger.backup.location;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PartBufferTest {

    @Test
    void theLargestObjectOfS3FitsIntoAsManyPartsAsItAllows() {
        long largest = 5L << 40;
        assertThat(IntStream.rangeClosed(1, PartSize.MAX_PARTS)
                        .mapToLong(PartSize::of)
                        .sum())
                .isGreaterThanOrEqualTo(largest);
    }

    @Test
    void partsStaySmallForAsLongAsObjectsDo() {
        assertThat(PartSize.of(1)).isEqualTo(8 << 20);
        assertThat(PartSize.of(800)).isEqualTo(8 << 20);
        assertThat(PartSize.of(801)).isEqualTo(16 << 20);
        assertThat(PartSize.of(10_000)).isEqualTo(1 << 30);
        assertThat(IntStream.rangeClosed(1, 3_200).mapToLong(PartSize::of).sum())
                .isGreaterThan(90L << 30);
        assertThat(PartSize.of(3_200)).isEqualTo(64 << 20);
    }

    @Test
    void aBufferTakesNoMoreThanItsLimitAndIsUsedAnew() throws Exception {
        PartBuffer buffer = new PartBuffer();
        byte[] source = ObjectStoreContract.content(2_000_000);
        assertThat(buffer.append(source, 0, 100_000, 1_200_000)).isEqualTo(100_000);
        assertThat(buffer.append(source, 100_000, 1_900_000, 1_200_000)).isEqualTo(1_100_000);
        assertThat(buffer.append(source, 1_200_000, 800_000, 1_200_000)).isZero();
        for (int attempt = 0; attempt < 2; attempt++) {
            try (InputStream in = buffer.body().contentStreamProvider().newStream()) {
                assertThat(in.readAllBytes()).isEqualTo(Arrays.copyOf(source, 1_200_000));
            }
        }
        buffer.clear();
        buffer.append("abc".getBytes(UTF_8), 0, 3, 200_000);
        assertThat(buffer.md5()).isEqualTo("kAFQmDzST7DWlj99KOF/cg==");
    }
}
