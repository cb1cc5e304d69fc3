package io.clusterzone.dns.shadow;

import io.clusterzone.dns.compare.ComparedQuestion;
import io.clusterzone.dns.forward.Randomness;
import io.netty.util.NetUtil;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One address of the other server, with a few sockets to it. Confined to the thread "shadow".
final class Peer implements AutoCloseable {
  private static final int LANES = 4;

  /// The time that an address is left alone after a fault of its sockets.
  private static final long REST_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final InetSocketAddress address;
  private final PeerCounts counts;
  private final Selector selector;
  private final Randomness random;
  private final List<Lane> lanes = new ArrayList<>();
  private int turn;
  private boolean rests;
  private long restsUntilNanos;

  Peer(InetSocketAddress address, PeerCounts counts, Selector selector, Randomness random) {
    this.address = address;
    this.counts = counts;
    this.selector = selector;
    this.random = random;
  }

  /// As metrics name it.
  String name() {
    return NetUtil.toSocketAddressString(address);
  }

  PeerCounts counts() {
    return counts;
  }

  /// Sends a question, or nothing: null if that is not possible now.
  @Nullable Pending send(ComparedQuestion question, long nowNanos, Pending.Listener listener) {
    rests = rests && restsUntilNanos - nowNanos > 0;
    if (rests) {
      return null;
    }
    try {
      Lane lane = lane();
      int id = random.id();
      while (lane.uses(id)) {
        id = random.id();
      }
      var pending =
          new Pending(new RepeatedQuery(question, id), this, lane, id, nowNanos, listener);
      return lane.send(pending) ? pending : null;
    } catch (IOException _) {
      rest(nowNanos);
      return null;
    }
  }

  private Lane lane() throws IOException {
    if (lanes.size() < LANES) {
      lanes.add(Lane.open(address, selector));
      return lanes.getLast();
    }
    for (int i = 0; i < LANES; i++) {
      turn = (turn + 1) % LANES;
      Lane lane = lanes.get(turn);
      if (lane.isWorn() && lane.isIdle()) {
        lane.close();
        lanes.set(turn, Lane.open(address, selector));
      }
      if (!lanes.get(turn).isWorn()) {
        break;
      }
    }
    return lanes.get(turn);
  }

  /// Closes a socket to which more comes than was asked for, or which has failed, if it is one of
  /// this address.
  void drop(Lane lane, long nowNanos) {
    if (lanes.remove(lane)) {
      lane.close();
      counts.failures.increment();
      rest(nowNanos);
    }
  }

  private void rest(long nowNanos) {
    rests = true;
    restsUntilNanos = nowNanos + REST_NANOS;
  }

  @Override
  public void close() {
    lanes.forEach(Lane::close);
    lanes.clear();
  }
}
