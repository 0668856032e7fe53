package dev.outrigger.backup.location;

import java.util.regex.Pattern;

/**
 * What is below a prefix of a bucket, as a directory would be: the prefix {@code a} has nothing to do with the key {@code ab/c}.
 *
 * @param bucket by the rules of S3
 * @param prefix without a slash at either end; empty for the whole bucket
 */
public record S3Location(String bucket, String prefix) implements Location {

    static final String SCHEME = "s3://";

    private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");

    /** S3 ends a key at 1,024 bytes, and a slash and the name of an object follow. */
    private static final int MAX_PREFIX = 768;

    /**
     * @throws LocationFormatException if the bucket is none, or the prefix has a segment that is none
     */
    public S3Location {
        if (!BUCKET.matcher(bucket).matches() || bucket.contains("..")) {
            throw new LocationFormatException("its bucket is not 3 to 63 of a-z, 0-9, '.' and '-'");
        }
        if (prefix.length() > MAX_PREFIX) {
            throw new LocationFormatException("its prefix is longer than " + MAX_PREFIX + " bytes");
        }
        if (!prefix.isEmpty()) {
            LocationPath.check(prefix);
        }
    }

    /** Reads what follows the scheme. */
    static S3Location parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            return new S3Location(text, "");
        }
        String prefix = text.substring(slash + 1);
        return new S3Location(
                text.substring(0, slash), prefix.equals("/") ? prefix : LocationPath.withoutLastSlash(prefix));
    }

    /** Returns what every key of the location begins with: nothing, or the prefix with the slash that bounds it. */
    String keyPrefix() {
        return prefix.isEmpty() ? "" : prefix + "/";
    }

    @Override
    public boolean contains(Location other) {
        return other instanceof S3Location s3
                && s3.bucket.equals(bucket)
                && LocationPath.isAtOrUnder(s3.prefix, prefix);
    }

    /** Returns {@code s3://bucket/prefix}. */
    @Override
    public String toString() {
        return SCHEME + bucket + (prefix.isEmpty() ? "" : "/" + prefix);
    }
}
