package dev.outrigger.example.kv;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One connection that speaks RESP for many commands at once, with values of any bytes. */
final class RespPipe implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 60_000;

    /** Few enough that neither side waits for the other to read. */
    private static final int AT_ONCE = 16;

    private final Socket socket;
    private final OutputStream out;
    private final InputStream in;

    RespPipe(int port) {
        try {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.setTcpNoDelay(true);
            out = new BufferedOutputStream(socket.getOutputStream());
            in = new BufferedInputStream(socket.getInputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends commands, and returns the reply to each: a string's bytes, a simple string's, or nothing for nil. */
    List<Optional<byte[]>> ask(List<byte[][]> commands) {
        List<Optional<byte[]>> replies = new ArrayList<>();
        try {
            for (int from = 0; from < commands.size(); from += AT_ONCE) {
                List<byte[][]> some = commands.subList(from, Math.min(from + AT_ONCE, commands.size()));
                for (byte[][] command : some) {
                    send(command);
                }
                out.flush();
                for (int i = 0; i < some.size(); i++) {
                    replies.add(reply());
                }
            }
            return replies;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void send(byte[][] parts) throws IOException {
        out.write(("*" + parts.length + "\r\n").getBytes(UTF_8));
        for (byte[] part : parts) {
            out.write(("$" + part.length + "\r\n").getBytes(UTF_8));
            out.write(part);
            out.write(new byte[] {'\r', '\n'});
        }
    }

    private Optional<byte[]> reply() throws IOException {
        String line = line();
        if (line.startsWith("-")) {
            throw new IOException("refused: " + line);
        }
        if (!line.startsWith("$")) {
            return Optional.of(line.substring(1).getBytes(UTF_8));
        }
        int length = Integer.parseInt(line.substring(1));
        if (length < 0) {
            return Optional.empty();
        }
        byte[] bytes = in.readNBytes(length);
        line();
        return Optional.of(bytes);
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        int next = in.read();
        while (next != '\n') {
            if (next < 0) {
                throw new IOException("the other side has left");
            }
            line.append((char) next);
            next = in.read();
        }
        return line.toString().stripTrailing();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
