package dev.outrigger.example.kv.resp;

import java.util.Locale;

/** Ends a command with an error reply: the message is the reply, with Redis' code word in front. */
final class CommandException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String line;

    CommandException(String line) {
        super(line, null, false, false); // a client's mistake, not worth a stack
        this.line = line;
    }

    /** Returns the reply. */
    String line() {
        return line;
    }

    static CommandException syntax() {
        return new CommandException("ERR syntax error");
    }

    static CommandException unknownSubcommand(Command command) {
        return new CommandException("ERR unknown subcommand '" + printable(command.text(0)) + "' for '"
                + command.name().toLowerCase(Locale.ROOT) + "'");
    }

    /** Returns what a client sent in a form that fits an error: short, and one line. */
    static String printable(String text) {
        String line = text.replaceAll("\\p{Cntrl}", " ");
        return line.length() > 64 ? line.substring(0, 64) + "…" : line;
    }
}
