package dev.outrigger.backup.spi;

/** Tells that a table is there already which may not be replaced. */
public final class TableExistsException extends Exception {

    private static final long serialVersionUID = 1L;

    /** Names the table. */
    public TableExistsException(TableName table) {
        super("table: '" + table + "' (expected: one that does not exist)");
    }
}
