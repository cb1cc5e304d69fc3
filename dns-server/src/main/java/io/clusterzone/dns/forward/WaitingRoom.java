package io.clusterzone.dns.forward;

import io.clusterzone.dns.config.Shed;
import io.clusterzone.dns.ops.ShedReason;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.jspecify.annotations.Nullable;

/// The places of queries that wait for upstreams, shared by all server blocks and event loops. A
/// waiting query costs memory, and mostly a socket; one that finds no place is answered at once.
/// Safe on any thread; allocates nothing.
///
/// A client may have as many places as are free besides: alone it gets half of them, with another
/// of its kind each gets a third, and there is always one free for a client that has none
/// (Choudhury and Hahne, Dynamic Queue Length Thresholds, 1998). Clients are counted in a table of
/// fixed size by a hash of their address; two that share a line share its places.
public final class WaitingRoom {
  private static final int LINES = 1 << 12;

  private final AtomicInteger taken = new AtomicInteger();
  private final AtomicIntegerArray takenByClient = new AtomicIntegerArray(LINES);
  private volatile Shed options;

  /// With the default bounds.
  public WaitingRoom() {
    this(new Shed(Shed.DEFAULT_WAITING, 0, Shed.Reply.SERVFAIL));
  }

  WaitingRoom(Shed options) {
    this.options = options;
  }

  /// Other bounds hold from now on, for those that come.
  public void change(Shed next) {
    options = next;
  }

  /// Places that are taken now.
  public int taken() {
    return taken.get();
  }

  Shed.Reply reply() {
    return options.reply();
  }

  /// Takes a place for a client, or says what stands against it. A place taken is given back with
  /// [#leave].
  ///
  /// @param free the number of free places elsewhere that the query needs as well
  @Nullable ShedReason enter(int clientHash, int free) {
    Shed bounds = options;
    int line = line(clientHash);
    int all = taken.incrementAndGet();
    int before = takenByClient.getAndIncrement(line);
    int share =
        bounds.perClient() > 0 ? bounds.perClient() - 1 : Math.min(bounds.waiting() - all, free);
    ShedReason refusal = null;
    if (all > bounds.waiting()) {
      refusal = ShedReason.WAITING;
    } else if (before > share) {
      refusal = ShedReason.CLIENT;
    }
    if (refusal != null) {
      leave(clientHash);
    }
    return refusal;
  }

  void leave(int clientHash) {
    takenByClient.getAndDecrement(line(clientHash));
    taken.decrementAndGet();
  }

  private static int line(int clientHash) {
    return clientHash & (LINES - 1);
  }
}
