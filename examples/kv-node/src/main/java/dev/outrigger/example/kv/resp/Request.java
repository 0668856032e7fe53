package dev.outrigger.example.kv.resp;

/** What a client sent: a command, or something that is none. */
sealed interface Request permits Command, ProtocolError {

    /** Returns roughly how many bytes of memory it holds while it waits. */
    int bytes();
}
