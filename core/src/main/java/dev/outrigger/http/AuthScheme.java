package dev.outrigger.http;

/** How a caller proves who it is, as far as the documentation has a word for it. */
public enum AuthScheme {

    /** A token in the header field {@code Authorization} (RFC 6750). */
    BEARER_TOKEN,

    /** A certificate in the TLS handshake. */
    CLIENT_CERTIFICATE
}
