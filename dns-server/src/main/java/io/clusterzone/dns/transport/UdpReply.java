package io.clusterzone.dns.transport;

import io.clusterzone.dns.ops.Event;
import io.clusterzone.dns.ops.LoopCounters;
import io.clusterzone.dns.ops.Protocol;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;

/// The reply to one datagram. The one of a [UdpListener] is used again for each datagram; one made
/// by [#later] serves once.
final class UdpReply extends LentReply {
  private final Edge edge;
  private final boolean putOff;
  private Channel outlet;
  private InetSocketAddress client;
  private InetSocketAddress local;

  private UdpReply(
      Edge edge,
      Channel outlet,
      InetSocketAddress client,
      InetSocketAddress local,
      boolean putOff) {
    super(edge.gate(), outlet.alloc(), 0);
    this.edge = edge;
    this.outlet = outlet;
    this.client = client;
    this.local = local;
    this.putOff = putOff;
  }

  static UdpReply reusable(Edge edge, Channel outlet) {
    InetSocketAddress nobody = new InetSocketAddress(0);
    return new UdpReply(edge, outlet, nobody, nobody, false);
  }

  /// Opens the reply to a datagram from `client` to `local`, to be sent through `outlet`.
  void open(Channel outlet, InetSocketAddress client, InetSocketAddress local) {
    this.outlet = outlet;
    this.client = client;
    this.local = local;
    open();
  }

  @Override
  public Protocol protocol() {
    return Protocol.UDP;
  }

  @Override
  public InetSocketAddress client() {
    return client;
  }

  @Override
  public InetSocketAddress local() {
    return local;
  }

  @Override
  void transmit(ByteBuf buffer, int length) {
    ended();
    LoopCounters counters = edge.counters();
    if (!outlet.isWritable()) {
      counters.increment(Event.UDP_UNSENT);
      buffer.release();
      return;
    }
    counters.increment(Event.UDP_SENT);
    counters.add(Event.UDP_SENT_OCTETS, length);
    var _ = outlet.write(new DatagramPacket(buffer, client), outlet.voidPromise());
    if (putOff) {
      outlet.flush();
    }
  }

  @Override
  void dropped() {
    ended();
    edge.counters().increment(Event.DROPPED);
  }

  @Override
  UdpReply outlive() {
    edge.awaitAnswer();
    return new UdpReply(edge, outlet, client, local, true);
  }

  private void ended() {
    if (putOff) {
      edge.answered();
    }
  }
}
