package dev.outrigger.backup.location;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * What stands between a client and an S3 server, and does what networks, balancers and other servers do. It takes one request per connection
 * and passes it on, unless its plan has something else for it.
 */
final class FaultyProxy implements AutoCloseable {

    /** What happens to a request. */
    enum Fault {
        /** It is passed on, and so is its reply. */
        NONE,
        /** It is heard and never answered. */
        STALLED,
        /** The connection is reset before the server hears of it. */
        RESET,
        /** The connection is reset in the middle of its body. */
        RESET_WHILE_SENT,
        /** It is answered with 503 by somebody on the way. */
        UNAVAILABLE,
        /** The server has done it, and the reply never comes. */
        REPLY_STALLED,
        /** The server has done it, and the connection is reset. */
        REPLY_RESET,
        /** The server has done it, and somebody on the way answers with 503. */
        REPLY_UNAVAILABLE,
        /** The reply breaks off. */
        REPLY_CUT,
        /** The reply is shorter than the object, and says so. */
        REPLY_SHORTENED,
        /** The server is asked twice, and the second reply is passed on. */
        DUPLICATED,
        /** It is answered as S3 does while another write to the same key is on its way. */
        CONFLICT,
        /** It is answered by a server that does not know conditions. */
        NOT_IMPLEMENTED,
        /** It is answered with success, and the server never hears of it. */
        IGNORED,
        /** What it is conditional on is left out. */
        UNCONDITIONAL,
        /** Its checksum is left out. */
        UNCHECKED
    }

    /** Which request of the protocol it is. */
    enum Step {
        PUT,
        CREATE,
        PART,
        COMPLETE,
        ABORT,
        LIST_PARTS,
        LIST_UPLOADS,
        HEAD,
        GET,
        LIST,
        DELETE;

        static Step of(String method, String target) {
            boolean upload = target.contains("uploadId=");
            return switch (method) {
                case "PUT" -> upload ? PART : PUT;
                case "POST" -> upload ? COMPLETE : CREATE;
                case "DELETE" -> upload ? ABORT : DELETE;
                case "HEAD" -> HEAD;
                case "GET" ->
                    upload
                            ? LIST_PARTS
                            : target.contains("?uploads") || target.contains("&uploads")
                                    ? LIST_UPLOADS
                                    : target.contains("list-type=") ? LIST : GET;
                default -> throw new IllegalArgumentException(method);
            };
        }
    }

    /** Says what is to happen to the requests of a test; asked by many threads. */
    @FunctionalInterface
    interface Plan {

        /**
         * @param nth the how-manieth request for this step it is, from 1 on
         */
        Fault at(Step step, int nth);
    }

    private record Request(String method, String target, List<String> headers, byte[] body) {

        Optional<String> header(String name) {
            return headers.stream()
                    .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                    .map(line -> line.substring(name.length() + 1).strip())
                    .findFirst();
        }

        Request without(String name) {
            return new Request(
                    method,
                    target,
                    headers.stream()
                            .filter(line -> !line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                            .toList(),
                    body);
        }
    }

    private final int server;
    private final ServerSocket listener;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "faulty-proxy");
        thread.setDaemon(true);
        return thread;
    });
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final ConcurrentHashMap<Step, AtomicInteger> seen = new ConcurrentHashMap<>();

    private volatile Plan plan = (step, nth) -> Fault.NONE;

    private FaultyProxy(int server, ServerSocket listener) {
        this.server = server;
        this.listener = listener;
    }

    static FaultyProxy before(int server) throws IOException {
        FaultyProxy proxy = new FaultyProxy(server, new ServerSocket(0, 100, InetAddress.getLoopbackAddress()));
        proxy.threads.execute(proxy::accept);
        return proxy;
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort());
    }

    /** Follows another plan from now on, and counts from 1 again. */
    void plan(Plan next) {
        seen.clear();
        plan = next;
    }

    /** How many requests for a step there were under the current plan. */
    int seen(Step step) {
        return seen.getOrDefault(step, new AtomicInteger()).get();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                open.add(client);
                threads.execute(() -> serve(client));
            } catch (IOException e) {
                // Closed, and that is the end.
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            InputStream in = client.getInputStream();
            String head = head(in);
            if (!head.isEmpty()) {
                serve(client, in, head);
            }
        } catch (IOException e) {
            // The client, or the test, has had enough.
        } finally {
            open.remove(client);
        }
    }

    private void serve(Socket client, InputStream in, String head) throws IOException {
        List<String> lines = head.lines().toList();
        String[] line = lines.get(0).split(" ");
        Step step = Step.of(line[0], line[1]);
        Fault fault = plan.at(
                step, seen.computeIfAbsent(step, any -> new AtomicInteger()).incrementAndGet());
        Request bare = new Request(line[0], line[1], lines.subList(1, lines.size()), new byte[0]);
        int length = bare.header("Content-Length").map(Integer::parseInt).orElse(0);
        if (bare.header("Expect").isPresent()) {
            client.getOutputStream().write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(ISO_8859_1));
        }
        if (fault == Fault.RESET_WHILE_SENT) {
            in.readNBytes(length / 2);
            reset(client);
            return;
        }
        Request request = new Request(bare.method(), bare.target(), bare.headers(), in.readNBytes(length));
        answer(client, request.without("Expect").without("Connection"), fault);
    }

    private void answer(Socket client, Request request, Fault fault) throws IOException {
        OutputStream out = client.getOutputStream();
        switch (fault) {
            case NONE -> out.write(forward(request));
            case STALLED -> client.getInputStream().read();
            case RESET, RESET_WHILE_SENT -> reset(client);
            case UNAVAILABLE -> out.write(error("503 Service Unavailable", "ServiceUnavailable"));
            case REPLY_STALLED -> {
                forward(request);
                client.getInputStream().read();
            }
            case REPLY_RESET -> {
                forward(request);
                reset(client);
            }
            case REPLY_UNAVAILABLE -> {
                forward(request);
                out.write(error("503 Service Unavailable", "ServiceUnavailable"));
            }
            case REPLY_CUT -> {
                byte[] reply = forward(request);
                out.write(reply, 0, reply.length - 10);
                out.flush();
            }
            case REPLY_SHORTENED -> out.write(shortened(forward(request)));
            case DUPLICATED -> {
                forward(request);
                out.write(forward(request));
            }
            case CONFLICT -> out.write(error("409 Conflict", "ConditionalRequestConflict"));
            case NOT_IMPLEMENTED ->
                out.write(
                        request.header("If-None-Match").isPresent()
                                ? error("501 Not Implemented", "NotImplemented")
                                : forward(request));
            case IGNORED -> out.write("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n".getBytes(ISO_8859_1));
            case UNCONDITIONAL -> out.write(forward(request.without("If-None-Match")));
            case UNCHECKED -> out.write(forward(request.without("Content-MD5")));
        }
    }

    /** Asks the server, and returns its whole reply. */
    private byte[] forward(Request request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server)) {
            String head = request.headers().stream()
                    .collect(Collectors.joining(
                            "\r\n",
                            request.method() + " " + request.target() + " HTTP/1.1\r\n",
                            "\r\nConnection: close\r\n\r\n"));
            OutputStream out = socket.getOutputStream();
            out.write(head.getBytes(ISO_8859_1));
            sendAsFarAsWanted(out, request.body());
            return socket.getInputStream().readAllBytes();
        }
    }

    /** A server that refuses may answer, and listen no more, before it has read everything. */
    private static void sendAsFarAsWanted(OutputStream out, byte[] body) throws IOException {
        try {
            out.write(body);
            out.flush();
        } catch (SocketException e) {
            // Its answer is there to be read.
        }
    }

    private static byte[] error(String status, String code) {
        String body = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>" + code + "</Code></Error>";
        return ("HTTP/1.1 " + status + "\r\nContent-Type: application/xml\r\nContent-Length: " + body.length()
                        + "\r\nConnection: close\r\n\r\n" + body)
                .getBytes(ISO_8859_1);
    }

    private static byte[] shortened(byte[] reply) {
        String text = new String(reply, ISO_8859_1);
        int bodyAt = text.indexOf("\r\n\r\n") + 4;
        int length = reply.length - bodyAt;
        String head = text.substring(0, bodyAt)
                .replaceAll("(?i)content-length: *" + length, "Content-Length: " + (length - 10));
        ByteArrayOutputStream shorter = new ByteArrayOutputStream();
        shorter.writeBytes(head.getBytes(ISO_8859_1));
        shorter.writeBytes(Arrays.copyOfRange(reply, bodyAt, reply.length - 10));
        return shorter.toByteArray();
    }

    private static void reset(Socket client) throws IOException {
        client.setSoLinger(true, 0);
        client.close();
    }

    /** Returns what stands before the empty line; nothing at the end of the stream. */
    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int last = 0;
        for (int b = in.read(); b >= 0; b = in.read()) {
            head.write(b);
            last = last << 8 | b;
            if (last == 0x0d0a0d0a) {
                return head.toString(ISO_8859_1).strip();
            }
        }
        return "";
    }

    @Override
    public void close() {
        threads.shutdownNow();
        try {
            listener.close();
            for (Socket client : open) {
                client.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
