/** What a host implements and what an answer is made of; knows nothing of a transport or a store. */
// simpleclient has been frozen since before modules were common: its module names come from its file names.
@SuppressWarnings({"requires-automatic", "requires-transitive-automatic"})
module dev.outrigger.core {
    exports dev.outrigger.cluster;
    exports dev.outrigger.file;
    exports dev.outrigger.health;
    exports dev.outrigger.http;
    exports dev.outrigger.json;
    exports dev.outrigger.metrics;
    exports dev.outrigger.openapi;
    exports dev.outrigger.ops;
    exports dev.outrigger.schema;
    exports dev.outrigger.secrets;
    exports dev.outrigger.shard;
    exports dev.outrigger.task;
    exports dev.outrigger.trace;

    requires com.fasterxml.jackson.core;
    requires java.management;
    requires java.naming;
    requires org.slf4j;
    requires static jdk.jfr;
    requires static transitive org.jspecify;
    requires transitive simpleclient;
}
