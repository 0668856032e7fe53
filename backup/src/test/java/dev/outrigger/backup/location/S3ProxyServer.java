package dev.outrigger.backup.location;

import java.net.URI;
import java.util.Properties;

/**
 * An S3 server that keeps its objects in memory. It is on the class path of the tests' own process only, where nothing
 * is compiled against it, and so it is driven by reflection.
 */
final class S3ProxyServer implements AutoCloseable {

    static final String BUCKET = "backups";
    static final S3Credentials CREDENTIALS = S3Credentials.of("outrigger", "not-a-secret");

    private static final String PACKAGE = "org.gaul.s3proxy.";

    private final Object server;

    private S3ProxyServer(Object server) {
        this.server = server;
    }

    /** Starts one that checks signatures. */
    static S3ProxyServer start() throws Exception {
        return start("AWS_V4");
    }

    /** Starts one that does not, so that somebody on the way can change requests. */
    static S3ProxyServer startCredulous() throws Exception {
        return start("NONE");
    }

    private static S3ProxyServer start(String authenticationType) throws Exception {
        Object builder = Class.forName(PACKAGE + "S3Proxy").getMethod("builder").invoke(null);
        Class<?> type = builder.getClass();
        Class<?> storage = Class.forName(PACKAGE + "blobstore.BlobStore");
        Class<?> authentication = Class.forName(PACKAGE + "auth.AuthenticationType");
        Object memory = Class.forName(PACKAGE + "BlobStores")
                .getMethod("create", String.class, Properties.class)
                .invoke(null, "transient", new Properties());
        storage.getMethod("createContainer", String.class).invoke(memory, BUCKET);
        type.getMethod("endpoint", URI.class).invoke(builder, URI.create("http://127.0.0.1:0"));
        type.getMethod("blobStore", storage).invoke(builder, memory);
        type.getMethod("jettyMaxThreads", int.class).invoke(builder, 48);
        type.getMethod("awsAuthentication", authentication, String.class, String.class)
                .invoke(
                        builder,
                        authentication.getField(authenticationType).get(null),
                        CREDENTIALS.accessKey(),
                        CREDENTIALS.secretKey());
        Object server = type.getMethod("build").invoke(builder);
        server.getClass().getMethod("start").invoke(server);
        return new S3ProxyServer(server);
    }

    int port() throws Exception {
        return (int) server.getClass().getMethod("getPort").invoke(server);
    }

    URI endpoint() throws Exception {
        return URI.create("http://127.0.0.1:" + port());
    }

    /** Returns settings by which it is reached, or by way of something in front of it. */
    static S3Settings.Builder settings(URI endpoint) {
        return S3Settings.builder().endpoint(endpoint).credentials(() -> CREDENTIALS);
    }

    @Override
    public void close() throws Exception {
        server.getClass().getMethod("stop").invoke(server);
    }
}
