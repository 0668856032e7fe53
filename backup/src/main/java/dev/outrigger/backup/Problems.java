package dev.outrigger.backup;

import dev.outrigger.backup.job.RefusedException;
import dev.outrigger.backup.location.StoreFullException;
import dev.outrigger.http.Handler;
import dev.outrigger.http.Problem;
import dev.outrigger.http.ProblemException;
import dev.outrigger.json.JsonFormatException;
import dev.outrigger.task.TaskRefusedException;
import dev.outrigger.task.TaskStoreException;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What clients are answered where something is not done. */
final class Problems {

    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

    /** What is said of a job that could not go on, since its store failed. */
    static final String NO_ANSWER = "the store of backups does not answer, or refuses";

    private static final int RETRY_SECONDS = 5;
    private static final Problem STORE_FAILED =
            Problem.busy("The store of backups does not answer, or refuses", RETRY_SECONDS);
    private static final Problem FULL = Problem.busy("Too many jobs wait", RETRY_SECONDS);
    private static final Problem CLOSED = Problem.busy("The node is shutting down", RETRY_SECONDS);
    private static final Problem STORE_FULL = Problem.of(507, "There is no space left at the location");

    private Problems() {}

    static ProblemException malformed(String message) {
        return Problem.badRequest(message).asException();
    }

    /** A handler whose refusals, and the store's failures, mean something to a client. */
    static Handler answering(Handler handler) {
        return request -> {
            try {
                return handler.handle(request);
            } catch (RefusedException e) {
                throw of(e);
            } catch (TaskRefusedException e) {
                throw switch (e.reason()) {
                    case FULL -> FULL.asException();
                    case CLOSED -> CLOSED.asException();
                };
            } catch (TaskStoreException e) {
                throw switch (e.reason()) {
                    case CLOSED -> CLOSED.asException();
                    case TAKEN, UNREADABLE, NOT_WRITTEN -> e; // 500: the log has more to say, and waiting may not help.
                };
            } catch (StoreFullException e) {
                LOG.warn("Request {}: the location is full", request.requestId(), e);
                throw STORE_FULL.asException();
            } catch (IOException e) {
                LOG.warn("Request {}: the store of backups failed", request.requestId(), e);
                throw STORE_FAILED.asException();
            }
        };
    }

    /** What is read out of a request. */
    @FunctionalInterface
    interface Reading<T> {

        T read() throws RefusedException;
    }

    /**
     * Reads a request by value types that tell in words for clients what they do not take. Nothing else is done within: what others
     * throw is not for clients.
     */
    static <T> T reading(Reading<T> reading) throws RefusedException {
        try {
            return reading.read();
        } catch (IllegalArgumentException | JsonFormatException e) {
            throw malformed(String.valueOf(e.getMessage()));
        }
    }

    private static ProblemException of(RefusedException refusal) {
        return Problem.of(status(refusal.reason()), String.valueOf(refusal.getMessage()))
                .asException();
    }

    private static int status(RefusedException.Reason reason) {
        return switch (reason) {
            case MALFORMED -> 400;
            case NOT_ALLOWED -> 403;
            case NOT_FOUND -> 404;
            case CONFLICT -> 409;
            case UNUSABLE -> 422;
            case UNSUPPORTED -> 501;
            case NO_SPACE -> 507;
        };
    }
}
