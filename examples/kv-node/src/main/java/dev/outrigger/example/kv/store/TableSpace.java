package dev.outrigger.example.kv.store;

import dev.outrigger.backup.spi.TableName;
import dev.outrigger.example.kv.store.StoreException.Reason;
import java.util.List;
import java.util.Optional;

/**
 * The tables that keys are in, by name.
 *
 * <p>Safe for use by many threads; a call may wait, for a bounded while. Every method throws a {@link StoreException} where it does not do
 * what it was asked.
 */
public interface TableSpace {

    /** Lists all tables, by name. */
    List<TableView> list();

    /**
     * Returns the value of a key in a table; empty too where the key's slot is not the table's.
     *
     * @throws StoreException with {@link Reason#TABLE_MISSING} if there is no such table
     */
    Optional<byte[]> get(TableName name, byte[] key);

    /**
     * Counts the keys of a table, by looking at each.
     *
     * @throws StoreException with {@link Reason#TABLE_MISSING} if there is no such table
     */
    long count(TableName name);

    /**
     * Drops a table with all that is in it. Keys that are routed to it are refused from then on, until it is restored or all tables are
     * {@linkplain #clear emptied}.
     *
     * @return whether it was there
     * @throws StoreException with {@link Reason#REFUSED} where tables are not dropped at all
     */
    boolean drop(TableName name);

    /** Empties the tables that keys are routed to. */
    void clear();
}
