package dev.outrigger.metrics;
/** Stub. */
public final class RequestMetrics { 
/** Stub. */
public RequestMetrics() {} 
  /** Stub. */
  public RouteMeter meter(String route) { return new RouteMeter(); } }
