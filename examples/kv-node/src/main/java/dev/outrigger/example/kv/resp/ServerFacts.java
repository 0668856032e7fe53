package dev.outrigger.example.kv.resp;

import java.nio.file.Path;
import java.util.Map;

/** What a server tells clients of itself. Asked by the workers, several at once; answers without waiting. */
public interface ServerFacts {

    /** Returns what the product is called, such as {@code kv-node}. */
    String product();

    /** Returns the product's version. */
    String version();

    /** Returns where the data lies. */
    Path data();

    /** Returns the sections of {@code INFO} that come after those on the server, its clients and workers: fields by name, in order. */
    Map<String, Map<String, String>> sections();
}
