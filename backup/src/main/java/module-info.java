/** Puts a node's shards into a directory or a bucket and brings them back. */
module dev.outrigger.backup {
    exports dev.outrigger.backup.spi;

    requires com.github.luben.zstd_jni;
    requires org.apache.commons.compress;
    requires org.slf4j;
    requires static transitive org.jspecify;
    requires transitive dev.outrigger.core;
}
