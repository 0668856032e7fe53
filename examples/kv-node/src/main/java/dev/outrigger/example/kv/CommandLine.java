package dev.outrigger.example.kv;

import java.net.InetSocketAddress;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The options of a command line by name, {@code --name value} or {@code --name=value}, each taken out once. Used by one thread.
 *
 * <p>Every method throws a {@link UsageException} that names the option where what was given is not usable.
 */
public final class CommandLine {

    private final Map<String, List<String>> values = new LinkedHashMap<>();

    private CommandLine() {}

    /** Reads a command line. */
    public static CommandLine split(String... arguments) throws UsageException {
        CommandLine line = new CommandLine();
        for (int i = 0; i < arguments.length; i++) {
            String argument = arguments[i];
            if (!argument.startsWith("--")) {
                throw new UsageException("'" + argument + "': not an option (--help lists them)");
            }
            int equals = argument.indexOf('=');
            if (equals > 0) {
                line.put(argument.substring(0, equals), argument.substring(equals + 1));
            } else if (i + 1 < arguments.length && !arguments[i + 1].startsWith("--")) {
                i++;
                line.put(argument, arguments[i]);
            } else {
                line.put(argument, ""); // a flag, or else reported as unknown or as without a value
            }
        }
        return line;
    }

    /** Takes out an option that may be given once. */
    public Optional<String> text(String name) throws UsageException {
        List<String> all = texts(name);
        if (all.size() > 1) {
            throw new UsageException(name + ": given twice");
        }
        return all.stream().findFirst();
    }

    /** Takes out an option that may be given several times. */
    public List<String> texts(String name) throws UsageException {
        List<String> all = values.remove(name);
        if (all == null) {
            return List.of();
        }
        if (all.stream().anyMatch(String::isBlank)) {
            throw new UsageException(name + ": the value is missing");
        }
        return all;
    }

    /** Takes out an option that stands for itself, and tells whether it was there. */
    public boolean flag(String name) throws UsageException {
        List<String> all = values.remove(name);
        if (all == null) {
            return false;
        }
        if (all.size() > 1) {
            throw new UsageException(name + ": given twice");
        }
        if (!all.get(0).isEmpty()) {
            throw new UsageException(name + ": '" + all.get(0) + "' (expected: no value)");
        }
        return true;
    }

    /** Takes out a path. */
    public Optional<Path> path(String name) throws UsageException {
        Optional<String> value = text(name);
        try {
            return value.map(Path::of);
        } catch (InvalidPathException e) {
            throw new UsageException(name + ": '" + value.orElse("") + "' (expected: a path)");
        }
    }

    /** Takes out an address, or a name that resolves to one. */
    public Optional<String> host(String name) throws UsageException {
        Optional<String> value = text(name);
        if (value.isPresent() && new InetSocketAddress(value.get(), 0).isUnresolved()) {
            throw new UsageException(name + ": '" + value.get() + "' (expected: an address of this machine)");
        }
        return value;
    }

    /**
     * Takes out a number from 0 to a highest one.
     *
     * @param otherwise what holds where nothing is said
     */
    public int number(String name, int otherwise, int highest) throws UsageException {
        Optional<String> value = text(name);
        if (value.isEmpty()) {
            return otherwise;
        }
        try {
            int number = Integer.parseInt(value.get());
            if (number >= 0 && number <= highest) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below, like a number out of range
        }
        throw new UsageException(name + ": '" + value.get() + "' (expected: 0 to " + highest + ")");
    }

    /** Refuses what has not been taken out: nobody knows it. */
    public void requireNothingElse() throws UsageException {
        if (!values.isEmpty()) {
            throw new UsageException(values.keySet().iterator().next() + ": unknown option (--help lists them)");
        }
    }

    private void put(String name, String value) {
        values.computeIfAbsent(name, n -> new ArrayList<>()).add(value);
    }
}
