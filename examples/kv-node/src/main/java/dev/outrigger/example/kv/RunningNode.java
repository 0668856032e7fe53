package dev.outrigger.example.kv;

import java.net.InetSocketAddress;
import java.nio.file.Path;

/**
 * Where a node is to be found.
 *
 * @param resp where it speaks RESP
 * @param ops where its sidecar listens
 * @param data where its data lies
 * @param access who may call its sidecar, and how
 */
public record RunningNode(InetSocketAddress resp, InetSocketAddress ops, Path data, SidecarAccess access) {}
