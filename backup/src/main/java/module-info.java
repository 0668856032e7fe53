/** Puts a node's shards into a directory or a bucket and brings them back. */
// The AWS SDK has no module descriptors; its jars name themselves in their manifests.
@SuppressWarnings("requires-automatic")
module dev.outrigger.backup {
    exports dev.outrigger.backup;
    exports dev.outrigger.backup.location;
    exports dev.outrigger.backup.peer;
    exports dev.outrigger.backup.spi;

    requires com.github.luben.zstd_jni;
    requires java.xml;
    requires static com.sun.jna;
    requires org.apache.commons.compress;
    requires org.slf4j;
    requires software.amazon.awssdk.auth;
    requires software.amazon.awssdk.awscore;
    requires software.amazon.awssdk.core;
    requires software.amazon.awssdk.http;
    requires software.amazon.awssdk.http.apache5;
    requires software.amazon.awssdk.regions;
    requires software.amazon.awssdk.retries;
    requires software.amazon.awssdk.services.s3;
    requires static transitive org.jspecify;
    requires transitive dev.outrigger.core;
}
