package dev.outrigger.netty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outrigger.http.ProblemException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a request means does not depend on the segments that the network cuts it into. */
final class SegmentsTest {

    static Stream<RequestSample> samples() {
        return RequestSamples.all();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void aRequestInOneByteSegmentsMeansTheSame(RequestSample request) {
        byte[] bytes = bytes(request);
        Reading bytewise = new Reading();
        for (int i = 0; i < bytes.length; i++) {
            bytewise.take(bytes, i, i + 1);
        }
        assertThat(bytewise.outcome()).isEqualTo(whole(bytes));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void aRequestCutInTwoAnywhereMeansTheSame(RequestSample request) {
        byte[] bytes = bytes(request);
        String whole = whole(bytes);
        // Long ones are long with bytes that are all alike; their ends are what matters.
        for (int cut = 1; cut < bytes.length; cut += cut > 600 && cut < bytes.length - 600 ? 97 : 1) {
            Reading inTwo = new Reading();
            inTwo.take(bytes, 0, cut);
            inTwo.take(bytes, cut, bytes.length);
            assertThat(inTwo.outcome()).as("cut at %s", cut).isEqualTo(whole);
        }
    }

    private static byte[] bytes(RequestSample request) {
        return request.bytes().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String whole(byte[] bytes) {
        Reading whole = new Reading();
        whole.take(bytes, 0, bytes.length);
        return whole.outcome();
    }

    /** Reads one request, head and body, as a connection does. */
    private static final class Reading {

        private final HeadParser parser = new HeadParser(HeadLimits.DEFAULT, new RequestIds());
        private BodyReader body;
        private String outcome = "";

        void take(byte[] bytes, int from, int to) {
            ByteBuf input = Unpooled.wrappedBuffer(bytes, from, to - from);
            try {
                while (outcome.isEmpty() && input.isReadable()) {
                    read(input);
                }
            } catch (ProblemException e) {
                outcome = e.problem().status() + " " + e.problem().error();
            }
        }

        private void read(ByteBuf input) {
            int before = input.readableBytes();
            if (body == null) {
                if (parser.parse(input)) {
                    begin();
                }
            } else if (body.read(input)) {
                end(body.body());
            }
            assertThat(outcome.isEmpty() && body == null && input.readableBytes() == before)
                    .as("stuck")
                    .isFalse();
        }

        private void begin() {
            if (parser.framing().hasBody()) {
                body = new BodyReader(parser.framing(), 64 * 1024);
            } else {
                end(new byte[0]);
            }
        }

        private void end(byte[] bytes) {
            RequestHead head = parser.head();
            outcome = head.method() + " " + head.rawPath() + " " + head.isVersion10() + " " + head.headers("Host") + " "
                    + parser.framing().keepAlive + " " + Arrays.hashCode(bytes);
        }

        String outcome() {
            assertThat(outcome).as("what the request means").isNotEmpty();
            return outcome;
        }
    }
}
