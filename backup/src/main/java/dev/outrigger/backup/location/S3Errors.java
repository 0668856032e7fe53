package dev.outrigger.backup.location;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;

/** What the failures of an object store mean. */
final class S3Errors {

    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int PRECONDITION_FAILED = 412;
    private static final int NOT_IMPLEMENTED = 501;
    private static final int INSUFFICIENT_STORAGE = 507;

    private static final Set<String> FULL =
            Set.of("QuotaExceeded", "XMinioStorageFull", "XMinioAdminBucketQuotaExceeded");
    private static final Set<String> OTHER_REGION = Set.of("PermanentRedirect", "AuthorizationHeaderMalformed");

    private S3Errors() {}

    static boolean isNotFound(SdkException e) {
        return status(e) == NOT_FOUND && !code(e).equals("NoSuchBucket");
    }

    /** Tells whether a write was refused since there is something of that name. */
    static boolean isTaken(SdkException e) {
        return status(e) == PRECONDITION_FAILED;
    }

    /** Tells whether a write was refused since another to the same name was on its way: what has come of it is not known yet. */
    static boolean isConflict(SdkException e) {
        return status(e) == CONFLICT;
    }

    static boolean isNotImplemented(SdkException e) {
        return status(e) == NOT_IMPLEMENTED || code(e).equals("NotImplemented");
    }

    /** Tells whether a request was refused for sure: nothing has come of it, nor of an earlier attempt at the same. */
    static boolean isRefused(SdkException e) {
        boolean first = Integer.valueOf(1).equals(e.numAttempts());
        return first && isClientError(e) && !isTaken(e) && !isNotFound(e);
    }

    static boolean isClientError(SdkException e) {
        return status(e) >= 400 && status(e) < 500;
    }

    private static int status(SdkException e) {
        return e instanceof AwsServiceException service ? service.statusCode() : 0;
    }

    private static String code(SdkException e) {
        return Optional.of(e)
                .filter(AwsServiceException.class::isInstance)
                .map(service -> ((AwsServiceException) service).awsErrorDetails())
                .map(AwsErrorDetails::errorCode)
                .orElse("");
    }

    /** Returns an exception that says for people what is wrong at a location. The thread's interrupt stays. */
    static IOException translated(SdkException e, S3Location location) {
        if (e instanceof AbortedException || Thread.currentThread().isInterrupted()) {
            Thread.currentThread().interrupt();
            InterruptedIOException interrupted = new InterruptedIOException("interrupted while at " + location);
            interrupted.initCause(e);
            return interrupted;
        }
        String what = "location: " + location + ": ";
        if (status(e) == INSUFFICIENT_STORAGE || FULL.contains(code(e))) {
            return new StoreFullException(what + code(e) + " (expected: space left)", e);
        }
        return new IOException(what + reason(e), e);
    }

    private static String reason(SdkException e) {
        String answer = (status(e) + " " + code(e)).strip();
        if (OTHER_REGION.contains(code(e))) {
            return answer + " (expected: the region of the bucket)";
        }
        return switch (status(e)) {
            case 0 -> silence(e);
            case 401, 403 -> answer + " (expected: credentials that may read, write, list and delete here)";
            case NOT_FOUND -> answer + " (expected: a bucket that is there)";
            case NOT_IMPLEMENTED -> answer + " (expected: a store that can do this)";
            default -> answer + " (expected: success)";
        };
    }

    private static String silence(SdkException e) {
        if (e instanceof ApiCallAttemptTimeoutException) {
            return "no answer in time (expected: one within the time limit of requests)";
        }
        Throwable cause = e.getCause() == null ? e : e.getCause();
        return cause.getClass().getSimpleName() + " (expected: an object store that answers, and credentials for it)";
    }
}
