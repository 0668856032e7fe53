package dev.outrigger.health;

import java.util.regex.Pattern;

/** Names a check or a gate. Safe as a segment of a URL path, in a list of query values, and as a metric label. */
record ComponentName(String value) {

    private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");

    ComponentName {
        if (!ALLOWED.matcher(value).matches()) {
            throw new HealthConfigException("name: '" + value + "' (expected: " + ALLOWED + ")");
        }
    }
}
