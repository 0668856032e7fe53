package dev.outrigger.netty;

import dev.outrigger.http.IpAddress;
import dev.outrigger.http.Problem;
import dev.outrigger.http.ProblemException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Keeps a browser that a stranger's page steers from writing: by its {@code Origin}, which a page cannot choose, and, where no token
 * is asked for, by the {@code Host}, which would be the stranger's own name if he made it resolve to this address (DNS rebinding).
 *
 * @param names under which the sidecar is reached, in lower case
 * @param anonymous whether nobody has to show who he is
 */
record WriteGuard(Set<String> names, boolean anonymous) {

    private static final Pattern AUTHORITY = Pattern.compile("(\\[[0-9a-f:.]+\\]|[^\\[\\]:]+)(?::([0-9]*))?");
    private static final Pattern ORIGIN = Pattern.compile("(https?)://(.+)");

    /**
     * Looks at a request that writes.
     *
     * @throws ProblemException with 403 if it may be a stranger's
     */
    void check(RequestHead head) {
        String host = head.header("Host").orElse("").toLowerCase(Locale.ROOT);
        List<String> origins = head.headers("Origin");
        if (!origins.isEmpty() && !(origins.size() == 1 && isOwn(origins.get(0).toLowerCase(Locale.ROOT), host))) {
            throw Problem.of(403, "Requests that write are not taken from pages of another origin")
                    .asException();
        }
        // HTTP/1.0 has none, but then no browser has sent it.
        if (anonymous && !host.isEmpty() && !isKnown(host)) {
            throw Problem.of(403, "Requests that write are not taken under this host name")
                    .asException();
        }
    }

    private boolean isOwn(String origin, String host) {
        Matcher parts = ORIGIN.matcher(origin);
        if (!parts.matches()) {
            return false;
        }
        // The scheme is left out of the comparison: a proxy may speak TLS for us.
        String port = parts.group(1).equals("https") ? "443" : "80";
        return withPort(parts.group(2), port).equals(withPort(host, port)) || names.contains(name(parts.group(2)));
    }

    private static String withPort(String authority, String defaultPort) {
        Matcher parts = AUTHORITY.matcher(authority);
        if (!parts.matches()) {
            return "no authority: " + authority;
        }
        String port = parts.group(2);
        return parts.group(1) + ":" + (port == null || port.isEmpty() ? defaultPort : port);
    }

    private boolean isKnown(String host) {
        String name = name(host);
        return name.equals("localhost") || names.contains(name) || isLiteral(name);
    }

    private static boolean isLiteral(String name) {
        boolean bracketed = name.startsWith("[") && name.endsWith("]");
        return IpAddress.tryParse(bracketed ? name.substring(1, name.length() - 1) : name)
                .filter(address -> bracketed == (name.indexOf(':') >= 0))
                .isPresent();
    }

    private static String name(String authority) {
        Matcher parts = AUTHORITY.matcher(authority);
        return parts.matches() ? parts.group(1) : "";
    }
}
