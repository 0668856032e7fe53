package dev.outrigger.backup;

import dev.outrigger.backup.job.RefusedException;
import dev.outrigger.backup.location.StoreFullException;
import dev.outrigger.http.Handler;
import dev.outrigger.http.Problem;
import dev.outrigger.http.ProblemException;
import dev.outrigger.json.JsonFormatException;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What clients are answered where something is not done. */
final class Problems {

    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

    private static final int RETRY_SECONDS = 5;
    private static final Problem STORE_FAILED =
            Problem.busy("The store of backups does not answer, or refuses", RETRY_SECONDS);
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
            } catch (IllegalArgumentException | JsonFormatException e) {
                throw malformed(String.valueOf(e.getMessage())); // a value type that did not take what was sent
            } catch (StoreFullException e) {
                LOG.warn("Request {}: the location is full", request.requestId(), e);
                throw STORE_FULL.asException();
            } catch (IOException e) {
                LOG.warn("Request {}: the store of backups failed", request.requestId(), e);
                throw STORE_FAILED.asException();
            }
        };
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
