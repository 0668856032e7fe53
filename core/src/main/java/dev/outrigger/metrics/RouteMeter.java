package dev.outrigger.metrics;
/** Stub. */
public final class RouteMeter { RouteMeter() {} 
  /** Stub. */
  public void record(String method, int status, long nanos) {} }
