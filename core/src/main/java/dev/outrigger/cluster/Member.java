package dev.outrigger.cluster;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * One member of the cluster, as this node sees it. Immutable: each setter returns a copy.
 *
 * @param roles what it is there for, in order
 * @param version of the host's product there, where it is known
 * @param opsUrl where its sidecar listens, where it is known: it is then probed by {@code GET /ping}
 */
public record Member(
        UniqueAddress uniqueAddress,
        MemberStatus status,
        SortedSet<String> roles,
        Optional<String> version,
        Optional<URI> opsUrl) {

    private static final Pattern WORD = Pattern.compile("[ -~]{1,128}");

    /**
     * @throws IllegalArgumentException if a role or the version is not 1 to 128 printable ASCII characters, or the URL is
     *     not http or https, has no host, or has a user, query or fragment
     */
    public Member {
        requireNonNull(uniqueAddress, "uniqueAddress");
        requireNonNull(status, "status");
        roles = Collections.unmodifiableSortedSet(new TreeSet<>(roles));
        roles.forEach(role -> requireWord("role", role));
        version.ifPresent(known -> requireWord("version", known));
        opsUrl.ifPresent(OpsUrl::checked);
    }

    /**
     * A member of which nothing else is known.
     *
     * @param uid tells one incarnation from the next; 0 where the host's cluster has no such number
     * @throws IllegalArgumentException if the address is not one
     */
    public static Member of(String address, long uid, MemberStatus status) {
        return new Member(UniqueAddress.of(address, uid), status, new TreeSet<>(), Optional.empty(), Optional.empty());
    }

    /** Sets what the member is there for. Default: nothing in particular. */
    public Member roles(String... newRoles) {
        return new Member(uniqueAddress, status, new TreeSet<>(List.of(newRoles)), version, opsUrl);
    }

    /** Sets the version of the host's product there. Default: unknown. */
    public Member version(String newVersion) {
        return new Member(uniqueAddress, status, roles, Optional.of(newVersion), opsUrl);
    }

    /**
     * Sets where the member's sidecar listens. Default: unknown.
     *
     * @param url such as {@code http://10.0.0.7:8080}, with the prefix of the paths there, if any
     */
    public Member opsUrl(String url) {
        return new Member(uniqueAddress, status, roles, version, Optional.of(OpsUrl.parse(url)));
    }

    /** Where the member is found. */
    public NodeAddress address() {
        return uniqueAddress.address();
    }

    private static void requireWord(String name, String value) {
        if (!WORD.matcher(value).matches()) {
            throw new IllegalArgumentException(name + ": not usable (expected: 1 to 128 printable ASCII characters)");
        }
    }
}
