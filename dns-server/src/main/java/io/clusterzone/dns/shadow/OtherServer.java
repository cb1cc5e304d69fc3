package io.clusterzone.dns.shadow;

import io.clusterzone.dns.compare.ComparedQuestion;
import io.clusterzone.dns.config.Shadow;
import io.clusterzone.dns.forward.Randomness;
import io.clusterzone.zones.wire.Header;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/// The other server: its addresses, and the questions that wait for it. Nothing that it sends, or
/// leaves out, does more than end a question; there is a bound for each thing that it can make us
/// do. Confined to the thread "shadow".
final class OtherServer implements AutoCloseable {
  /// Datagrams that are read from one socket before the others have their turn.
  private static final int DATAGRAMS_AT_ONCE = 64;

  /// Octets of a reply that are read: more than it was allowed to have. The rest is lost.
  private static final int MAX_REPLY_OCTETS = 4096;

  private final Selector selector = Selector.open();
  private final ByteBuffer received = ByteBuffer.allocateDirect(MAX_REPLY_OCTETS);
  private final List<Peer> peers;
  private final int maxInflight;
  private final long timeoutNanos;

  /// In the order in which their times end.
  private final Set<Pending> waiting = new LinkedHashSet<>();

  private int turn;

  OtherServer(Shadow directive, Function<InetSocketAddress, PeerCounts> counts) throws IOException {
    maxInflight = directive.maxInflight();
    timeoutNanos = directive.timeout().toNanos();
    var random = new Randomness();
    peers =
        directive.addresses().stream()
            .map(address -> new Peer(address, counts.apply(address), selector, random))
            .toList();
  }

  List<Peer> peers() {
    return peers;
  }

  /// The address that has its turn.
  Peer next() {
    turn = (turn + 1) % peers.size();
    return peers.get(turn);
  }

  int inFlight() {
    return waiting.size();
  }

  /// Whether another sample may be repeated. What is asked again has room besides: it has a bound
  /// of its own.
  boolean hasRoom() {
    return waiting.size() < maxInflight;
  }

  /// Asks. False if that is not possible now: the listener hears nothing then.
  boolean ask(Peer peer, ComparedQuestion question, long nowNanos, Pending.Listener listener) {
    Pending pending = peer.send(question, nowNanos, listener);
    if (pending == null) {
      return false;
    }
    waiting.add(pending);
    return true;
  }

  /// Waits for replies, and takes those that have come.
  void receive(long millis) throws IOException {
    selector.select(this::receive, millis);
  }

  private void receive(SelectionKey key) {
    var lane = (Lane) key.attachment();
    try {
      for (int i = 0; i < DATAGRAMS_AT_ONCE && lane.receive(received); i++) {
        take(lane, received.flip(), System.nanoTime());
        if (lane.isFlooded()) {
          drop(lane);
          return;
        }
      }
    } catch (IOException _) {
      drop(lane); // As when nobody listens there.
    }
  }

  private void drop(Lane lane) {
    peers.forEach(peer -> peer.drop(lane, System.nanoTime()));
  }

  private void take(Lane lane, ByteBuffer message, long nowNanos) {
    int id = message.limit() < Header.LENGTH ? -1 : message.getShort(0) & 0xffff;
    Pending pending = lane.waitsWith(id);
    byte[] octets = pending == null ? Pending.NOTHING : new byte[message.limit()];
    message.get(0, octets);
    if (pending == null) {
      lane.unexpected();
    } else if (!pending.query.isAnsweredBy(message)) {
      lane.unexpected();
      pending.keepOdd(octets);
    } else {
      lane.forget(pending);
      waiting.remove(pending);
      pending.answered(octets, nowNanos);
    }
  }

  /// Ends the questions whose time is over.
  void expire(long nowNanos) {
    Iterator<Pending> oldest = waiting.iterator();
    while (oldest.hasNext()) {
      Pending pending = oldest.next();
      if (nowNanos - pending.sentNanos < timeoutNanos) {
        return;
      }
      oldest.remove();
      pending.lane.giveUp(pending);
      pending.timedOut(nowNanos);
    }
  }

  @Override
  public void close() {
    peers.forEach(Peer::close);
    try {
      selector.close();
    } catch (IOException _) {
      // It is gone all the same.
    }
  }
}
