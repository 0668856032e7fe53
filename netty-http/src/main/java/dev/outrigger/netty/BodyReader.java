package dev.outrigger.netty;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/**
 * Takes a request's body off the wire, whole and bounded, whether its length is told ahead or it comes in chunks (RFC 9112,
 * section 6 and 7.1).
 */
final class BodyReader {

    private static final int MAX_LINE_BYTES = 1024;
    private static final int MAX_TRAILERS = 32;

    private enum Expecting {
        DATA,
        CHUNK_SIZE,
        CHUNK_DATA,
        CHUNK_END,
        TRAILER
    }

    private final int limitBytes;
    private final byte[] line = new byte[MAX_LINE_BYTES];
    private int lineLength;
    private Expecting expecting = Expecting.DATA;
    private long remaining;
    private int trailers;
    private byte[] body = new byte[0];
    private int length;

    /**
     * Begins to read.
     *
     * @throws dev.outrigger.http.ProblemException if the header promises more than the limit
     */
    BodyReader(Framing framing, int limitBytes) {
        if (framing.contentLength > limitBytes) {
            throw WireProblems.bodyTooLarge(limitBytes);
        }
        this.limitBytes = limitBytes;
        if (framing.chunked) {
            expecting = Expecting.CHUNK_SIZE;
        } else {
            remaining = framing.contentLength;
            body = new byte[(int) framing.contentLength];
        }
    }

    /** The body, once it is whole. */
    byte[] body() {
        return length == body.length ? body : Arrays.copyOf(body, length);
    }

    /**
     * Takes from the input what belongs to the body.
     *
     * @return whether the body is whole; if not, all of the input was taken
     * @throws dev.outrigger.http.ProblemException if a chunk is malformed, or the chunks together are too large
     */
    boolean read(ByteBuf input) {
        while (input.isReadable()) {
            boolean whole = switch (expecting) {
                case DATA -> data(input);
                case CHUNK_DATA -> chunkData(input);
                case CHUNK_SIZE, CHUNK_END, TRAILER -> takeLine(input) && endLine();
            };
            if (whole) {
                return true;
            }
        }
        return false;
    }

    private boolean data(ByteBuf input) {
        take(input);
        return remaining == 0;
    }

    private boolean chunkData(ByteBuf input) {
        take(input);
        if (remaining == 0) {
            expecting = Expecting.CHUNK_END;
        }
        return false;
    }

    private void take(ByteBuf input) {
        int taken = (int) Math.min(remaining, input.readableBytes());
        if (body.length - length < taken) {
            body = Arrays.copyOf(body, Math.min(limitBytes, Math.max(body.length * 2, length + taken)));
        }
        input.readBytes(body, length, taken);
        length += taken;
        remaining -= taken;
    }

    /** Takes bytes up to a line's end. Returns true if the line is whole. */
    private boolean takeLine(ByteBuf input) {
        while (input.isReadable()) {
            byte b = input.readByte();
            if (b == '\n') {
                if (lineLength == 0 || line[--lineLength] != '\r') {
                    throw WireProblems.malformed("a chunk line that does not end in CR LF");
                }
                return true;
            }
            if (lineLength == MAX_LINE_BYTES) {
                throw WireProblems.malformed("a chunk line over " + MAX_LINE_BYTES + " bytes");
            }
            line[lineLength++] = b;
        }
        return false;
    }

    private boolean endLine() {
        int end = lineLength;
        lineLength = 0;
        switch (expecting) {
            case CHUNK_SIZE -> chunkSize(end);
            case CHUNK_END -> chunkEnd(end);
            case TRAILER -> {
                return trailer(end);
            }
            case DATA, CHUNK_DATA -> throw new IllegalStateException(expecting + " has no lines");
        }
        return false;
    }

    private void chunkSize(int end) {
        int digits = 0;
        while (digits < end && Character.digit(line[digits], 16) >= 0) {
            digits++;
        }
        int extension = digits;
        while (extension < end && Ascii.isBlank(line[extension])) {
            extension++;
        }
        boolean plain = digits == end || (extension < end && line[extension] == ';');
        if (digits == 0 || digits > 8 || !plain || !Ascii.isFieldValue(line, digits, end)) {
            throw WireProblems.malformed("a chunk size");
        }
        long size = 0;
        for (int i = 0; i < digits; i++) {
            size = size << 4 | Character.digit(line[i], 16);
        }
        if (length + size > limitBytes) {
            throw WireProblems.bodyTooLarge(limitBytes);
        }
        remaining = size;
        expecting = size == 0 ? Expecting.TRAILER : Expecting.CHUNK_DATA;
    }

    private void chunkEnd(int end) {
        if (end != 0) {
            throw WireProblems.malformed("a chunk longer than its size");
        }
        expecting = Expecting.CHUNK_SIZE;
    }

    /** Reads over a trailer field: nothing here has a use for one. Returns true at the empty line behind the last. */
    private boolean trailer(int end) {
        if (end == 0) {
            return true;
        }
        int colon = 0;
        while (colon < end && line[colon] != ':') {
            colon++;
        }
        boolean wellFormed = colon < end && Ascii.isToken(line, 0, colon) && Ascii.isFieldValue(line, colon + 1, end);
        if (!wellFormed || ++trailers > MAX_TRAILERS) {
            throw WireProblems.malformed("a trailer field");
        }
        return false;
    }
}
