package dev.outrigger.cluster;

import java.net.URI;
import java.net.URISyntaxException;

/** Where a member's own sidecar listens: {@code http://10.0.0.7:8080}, or with a path where that has a prefix. */
final class OpsUrl {

    private OpsUrl() {}

    static URI parse(String text) {
        try {
            return checked(new URI(text));
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("ops url: malformed (expected: http://host:port)");
        }
    }

    /** The text of a bad one is not repeated: what it should not have may be a password. */
    static URI checked(URI url) {
        boolean web = "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
        boolean plain = url.getRawUserInfo() == null && url.getRawQuery() == null && url.getRawFragment() == null;
        if (!web || !plain || url.getHost() == null || url.getPort() > 65_535 || url.getPort() == 0) {
            throw new IllegalArgumentException(
                    "ops url: not usable (expected: http or https, a host, and neither user, query nor fragment)");
        }
        return url;
    }
}
