package dev.outrigger.netty;

import dev.outrigger.http.IpAddress;
import dev.outrigger.http.IpAllowlist;
import dev.outrigger.http.Problem;
import dev.outrigger.http.ProblemException;
import dev.outrigger.http.TrustedProxies;
import java.util.Optional;

/**
 * Who may reach the server, by address. Settled once a connection, before a byte of it is read; only what comes through a trusted
 * proxy is settled at each request. Immutable.
 */
record AddressRules(Optional<IpAllowlist> allowlist, Optional<TrustedProxies> proxies) {

    static final AddressRules NONE = new AddressRules(Optional.empty(), Optional.empty());

    /** Tells whether a new connection is to be kept at all. */
    boolean admits(Peer peer) {
        if (allowlist.isEmpty() && proxies.isEmpty()) {
            return true;
        }
        Optional<IpAddress> address = peer.address();
        if (address.isEmpty()) {
            return false;
        }
        peer.isTrustedProxy(proxies.isPresent() && proxies.get().trusts(address.get()));
        return peer.isTrustedProxy() || allows(address.get());
    }

    /**
     * Settles where a request comes from that a trusted proxy has passed on.
     *
     * @throws ProblemException with 403 if that cannot be told, or is not allowed
     */
    void check(RequestHead head) {
        if (head.peer().isTrustedProxy()) {
            IpAddress client = proxies.flatMap(trusted -> head.peer()
                            .address()
                            .flatMap(peer -> trusted.client(peer, head.headers("X-Forwarded-For"))))
                    .filter(this::allows)
                    .orElseThrow(() -> refusal().asException());
            head.comesFrom(client);
        }
    }

    private boolean allows(IpAddress address) {
        return allowlist.isEmpty() || allowlist.get().allows(address);
    }

    static Problem refusal() {
        return Problem.of(403, "This address may not call this server");
    }
}
