package dev.outrigger.example.kv.resp;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Locale;

/**
 * A command and its arguments.
 *
 * @param name in upper case
 * @param arguments without the name; their bytes belong to the command
 * @param arrivedNanos when the request was complete, in {@link System#nanoTime()}
 */
record Command(String name, List<byte[]> arguments, long arrivedNanos) implements Request {

    private static final int OVERHEAD_BYTES = 64;

    Command {
        arguments = List.copyOf(arguments);
    }

    /** Makes a command of what was sent: the name and the arguments, in one list that is not empty. */
    static Command of(List<byte[]> parts) {
        String name = new String(parts.get(0), UTF_8).toUpperCase(Locale.ROOT);
        return new Command(name, parts.subList(1, parts.size()), System.nanoTime());
    }

    /** Returns how many arguments there are. */
    int size() {
        return arguments.size();
    }

    byte[] argument(int index) {
        return arguments.get(index);
    }

    String text(int index) {
        return new String(arguments.get(index), UTF_8);
    }

    /** Returns an argument that is one of the protocol's words, in upper case. */
    String word(int index) {
        return text(index).toUpperCase(Locale.ROOT);
    }

    @Override
    public int bytes() {
        int bytes = OVERHEAD_BYTES;
        for (byte[] argument : arguments) {
            bytes += argument.length + OVERHEAD_BYTES / 2;
        }
        return bytes;
    }
}
