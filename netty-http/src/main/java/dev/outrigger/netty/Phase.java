package dev.outrigger.netty;

/**
 * Where a connection stands.
 *
 * <pre>
 *        first byte       head whole        body whole           answer comes in pieces
 *   IDLE ──────────▶ HEAD ──────────▶ BODY ────────────▶ HANDLING ──────────▶ SENDING
 *    ▲                 │   (no body: straight on)            │                    │
 *    ├── answered, and the connection is kept ───────────────┴────────────────────┤
 *                      │ malformed, too large, too slow                           │ answered, and not kept
 *                      └──────────────────▶ CLOSING ◀─────────────────────────────┘
 *                                             │ if input was left unread: LINGERING, so that the client sees the answer
 *                                             ▼
 *                                          CLOSED
 * </pre>
 */
enum Phase {
    IDLE,
    HEAD,
    BODY,
    HANDLING,
    SENDING,
    CLOSING,
    LINGERING,
    CLOSED
}
