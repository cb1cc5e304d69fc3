package io.clusterzone.dns.config;

/// `shed`: how many queries may wait for upstreams, and what becomes of those that may not. It is
/// about the whole process; that of the first block which has one holds.
///
/// @param waiting places in all; 0: [#DEFAULT_WAITING], or the highest `max_concurrent` if that is
///   more
/// @param perClient places of one client; 0: never more than are free
public record Shed(int waiting, int perClient, Reply reply) implements Directive {
  /// Some 20 MB of memory, and half as many sockets as the usual limit of a container would allow.
  public static final int DEFAULT_WAITING = 4096;

  public static final int MOST_WAITING = 1_000_000;

  public static final Shed DEFAULT = new Shed(0, 0, Reply.SERVFAIL);

  /// What queries get that may not wait.
  public enum Reply {
    SERVFAIL,
    REFUSED,
    DROP
  }
}
