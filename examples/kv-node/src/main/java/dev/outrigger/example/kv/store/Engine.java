package dev.outrigger.example.kv.store;

/** What exists from the moment that the database is open. */
record Engine(Database database, Writer writer, WriteLocks locks, TableChanges changes) implements AutoCloseable {

    @Override
    public void close() {
        database.close();
        writer.close();
    }
}
