package dev.outrigger.example.raft.engine;

/** What the first byte of a question says it is about. */
final class Question {

    /** For the state: keys or registers. */
    static final byte STATE = 0;

    /** Nothing: whoever asks wants to know that this replica is as far as the group was. */
    static final byte NOW = 1;

    /** A checkpoint is to be made for another replica: its files are told. */
    static final byte OUTGOING = 2;

    /** A piece of such a file. */
    static final byte PIECE = 3;

    private Question() {}
}
