package dev.outrigger.netty;

/**
 * What all connections of a server share.
 *
 * @param connections all of them
 * @param dispatcher decides what becomes of a request
 * @param lanes run what may block
 * @param clock of the event loop
 * @param ids names requests that bring no name
 * @param headLimits how large a head may be
 * @param maxBodyBytes how large a body may be
 * @param deadlines how long a client may take
 * @param complaints logs what clients do wrong
 * @param journal writes down what becomes of requests
 */
record ConnectionContext(
        Connections connections,
        Dispatcher dispatcher,
        Lanes lanes,
        LoopClock clock,
        RequestIds ids,
        HeadLimits headLimits,
        int maxBodyBytes,
        Deadlines deadlines,
        Complaints complaints,
        Journal journal) {}
