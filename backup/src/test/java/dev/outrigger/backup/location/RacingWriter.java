package dev.outrigger.backup.location;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;

/** A process that takes as many of the names 0, 1, 2, … as another leaves it, once its standard input ends, and says which. */
final class RacingWriter {

    private RacingWriter() {}

    public static void main(String[] arguments) throws IOException {
        String root = arguments[0];
        FileLocation location = new FileLocation(root + "/node/backups");
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, UTF_8);
        try (ObjectStore store = new DirectoryStore(location, LocationRoots.of(List.of(new FileLocation(root))))) {
            out.println("ready");
            System.in.readAllBytes();
            for (int i = 0; i < Integer.parseInt(arguments[2]); i++) {
                take(store, new ObjectName("object-" + i), arguments[1].getBytes(UTF_8), out);
            }
        }
    }

    private static void take(ObjectStore store, ObjectName name, byte[] content, PrintStream out) throws IOException {
        try {
            store.putIfAbsent(name, content);
            out.println(name);
        } catch (ObjectExistsException e) {
            // The other one was faster.
        }
    }
}
