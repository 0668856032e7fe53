package dev.outrigger.example.raft;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What HAProxy tells on its statistics socket. */
final class HaproxyStats {

    private HaproxyStats() {}

    /** The statistics of one server, by the names of HAProxy's columns; empty where it is not known. */
    static Map<String, String> server(Path socket, String proxy, String server) throws IOException {
        List<String[]> rows =
                show(socket).lines().map(line -> line.split(",", -1)).toList();
        String[] columns = rows.get(0);
        Map<String, String> statistics = new HashMap<>();
        for (String[] row : rows) {
            if (row.length == columns.length && row[0].equals(proxy) && row[1].equals(server)) {
                for (int i = 0; i < columns.length; i++) {
                    statistics.put(columns[i], row[i]);
                }
            }
        }
        return statistics;
    }

    private static String show(Path socket) throws IOException {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            channel.write(ByteBuffer.wrap("show stat\n".getBytes(UTF_8)));
            return new String(Channels.newInputStream(channel).readAllBytes(), UTF_8);
        }
    }
}
