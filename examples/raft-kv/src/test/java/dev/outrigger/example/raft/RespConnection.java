package dev.outrigger.example.raft;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;

/** One connection that speaks RESP, for replies of one line and of one short text. */
final class RespConnection implements AutoCloseable {

    /** What a missing value is shown as. */
    static final String NIL = "(nil)";

    private static final int PATIENCE_MILLIS = 20_000;

    private final Socket socket;
    private final BufferedReader replies;

    RespConnection(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(PATIENCE_MILLIS);
        replies = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
    }

    /** Sends one command on a connection of its own. */
    static String askOnce(int port, String command) {
        try (RespConnection connection = new RespConnection(port)) {
            return connection.ask(command);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Sends a command as a line, and returns its reply: a text as it is, anything else with its sign in front.
     *
     * @throws IOException if the other side left before it had answered
     */
    String ask(String command) throws IOException {
        socket.getOutputStream().write((command + "\r\n").getBytes(UTF_8));
        String line = line();
        if (!line.startsWith("$")) {
            return line;
        }
        return line.equals("$-1") ? NIL : line();
    }

    private String line() throws IOException {
        String line = replies.readLine();
        if (line == null) {
            throw new EOFException("closed by the other side");
        }
        return line;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
