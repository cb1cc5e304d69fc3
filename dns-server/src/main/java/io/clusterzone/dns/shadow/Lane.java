package io.clusterzone.dns.shadow;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One UDP socket to the other server, connected, at a port that the kernel draws, with the
/// questions that were sent from it. Confined to the thread "shadow".
final class Lane implements AutoCloseable {
  /// Questions after which another socket, with another port, takes its place.
  private static final int MOST_QUESTIONS = 2048;

  /// Datagrams that answer nothing, after which the other server is left alone for a while.
  private static final int MOST_UNEXPECTED = 64;

  private final DatagramChannel channel;
  private final Map<Integer, Pending> byId = new HashMap<>();
  private int questions;
  private int unexpected;

  private Lane(DatagramChannel channel) {
    this.channel = channel;
  }

  static Lane open(InetSocketAddress address, Selector selector) throws IOException {
    DatagramChannel channel = DatagramChannel.open();
    var lane = new Lane(channel);
    try {
      channel.configureBlocking(false);
      channel.connect(address);
      channel.register(selector, SelectionKey.OP_READ, lane);
      return lane;
    } catch (IOException | RuntimeException e) {
      lane.close();
      throw e;
    }
  }

  boolean isWorn() {
    return questions >= MOST_QUESTIONS;
  }

  boolean isIdle() {
    return byId.isEmpty();
  }

  /// Whether more came than was asked for.
  boolean isFlooded() {
    return unexpected >= MOST_UNEXPECTED;
  }

  boolean uses(int id) {
    return byId.containsKey(id);
  }

  boolean send(Pending pending) throws IOException {
    if (channel.write(pending.query.message()) == 0) {
      return false;
    }
    questions++;
    byId.put(pending.id, pending);
    return true;
  }

  /// Reads one datagram. False if there is none.
  boolean receive(ByteBuffer into) throws IOException {
    return channel.read(into.clear()) > 0;
  }

  @Nullable Pending waitsWith(int id) {
    return byId.get(id);
  }

  void unexpected() {
    unexpected++;
  }

  void forget(Pending pending) {
    byId.remove(pending.id);
  }

  /// Forgets a question without a reply. One may still come.
  void giveUp(Pending pending) {
    forget(pending);
    unexpected--;
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException _) {
      // It is gone all the same.
    }
  }
}
