package dev.outrigger.ops;

import dev.outrigger.http.BodyStream;
import java.nio.ByteBuffer;
import java.util.Optional;

/** A health document with some of the shards, copied out of the array piece by piece. */
final class PagedShards implements BodyStream {

    private static final int PIECE_BYTES = 48 << 10;
    private static final int LONGEST_ENTRY = 256;

    private final byte[] head;
    private final ShardArray array;
    private final ShardPage page;
    private final byte[] tail;
    private int position;
    private int given;
    private Stage stage = Stage.HEAD;

    PagedShards(byte[] head, ShardArray array, ShardPage page, byte[] tail) {
        this.head = head;
        this.array = array;
        this.page = page;
        this.tail = tail;
        this.position = array.positionAfter(page.after());
        array.addReader();
    }

    private enum Stage {
        HEAD,
        SHARDS,
        TAIL,
        END
    }

    @Override
    public Optional<ByteBuffer> next() {
        return switch (stage) {
            case HEAD -> {
                stage = Stage.SHARDS;
                yield Optional.of(ByteBuffer.wrap(head));
            }
            case SHARDS -> Optional.of(shards());
            case TAIL -> {
                stage = Stage.END;
                yield Optional.of(ByteBuffer.wrap(tail));
            }
            case END -> Optional.empty();
        };
    }

    @Override
    public void close() {
        array.removeReader();
    }

    private ByteBuffer shards() {
        ByteBuffer piece = ByteBuffer.allocate(PIECE_BYTES);
        if (given == 0) {
            piece.put((byte) '[');
        }
        while (hasMore() && piece.remaining() > LONGEST_ENTRY) {
            copyIfWanted(piece);
            position++;
        }
        if (!hasMore()) {
            piece.put((byte) ']');
            stage = Stage.TAIL;
        }
        return piece.flip();
    }

    private boolean hasMore() {
        return position < array.count() && given < page.limit();
    }

    private void copyIfWanted(ByteBuffer piece) {
        if (page.status().isPresent() && page.status().get() != array.status(position)) {
            return;
        }
        if (given > 0) {
            piece.put((byte) ',');
        }
        given++;
        piece.put(array.bytes(), array.start(position), array.end(position) - array.start(position));
    }
}
