package io.clusterzone.dns.config;

import java.util.stream.Stream;

/// `shed`: how many queries may wait for upstreams, and what becomes of those that may not. It is
/// about the whole process; that of the first block which has one holds.
///
/// @param waiting places in all; 0: [#DEFAULT_WAITING], or the highest `max_concurrent` if that is
///   more
/// @param perClient places of one client; 0: never more than are free
public record Shed(int waiting, int perClient, Reply reply) implements Directive {
  /// Some 20 MB of memory, and half the sockets that a container's usual limit allows.
  public static final int DEFAULT_WAITING = 4096;

  public static final int MOST_WAITING = 1_000_000;

  public static final Shed DEFAULT = new Shed(0, 0, Reply.SERVFAIL);

  /// The settings of a Corefile, with the number of places: `max_concurrent` may allow more.
  public static Shed of(Corefile corefile) {
    Shed found = corefile.findFirst(Shed.class);
    Shed shed = found == null ? DEFAULT : found;
    int concurrent =
        corefile.blocks().stream()
            .flatMap(block -> Stream.ofNullable(block.find(Forward.class)))
            .flatMap(forward -> forward.routes().stream())
            .mapToInt(Forward.Route::maxConcurrent)
            .max()
            .orElse(0);
    int waiting = shed.waiting > 0 ? shed.waiting : Math.max(DEFAULT_WAITING, concurrent);
    return new Shed(waiting, shed.perClient, shed.reply);
  }

  /// The reply to a query that may not wait.
  public enum Reply {
    SERVFAIL,
    REFUSED,
    /// Nothing: the client asks again when its patience ends.
    DROP
  }
}
