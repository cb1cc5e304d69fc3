package io.clusterzone.dns.shadow;

import io.clusterzone.dns.ops.Protocol;
import io.clusterzone.dns.query.ReplySink;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/// A reply that goes nowhere. The client is this host, over TCP: nothing is truncated.
final class ReplyInHand implements ReplySink {
  private static final InetSocketAddress HERE =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  private final byte[] client = HERE.getAddress().getAddress();
  private final ByteBuffer memory = ByteBuffer.allocate(0xffff);
  private int length;

  /// The octets that a handler sends; none if it drops the query or puts it off.
  byte[] answer(Runnable handling) {
    length = 0;
    handling.run();
    byte[] reply = new byte[length];
    memory.get(0, reply);
    return reply;
  }

  @Override
  public Protocol protocol() {
    return Protocol.TCP;
  }

  @Override
  public InetSocketAddress client() {
    return HERE;
  }

  @Override
  public boolean ipv6() {
    return client.length > 4;
  }

  @Override
  public byte[] clientAddress() {
    return client;
  }

  @Override
  public InetSocketAddress local() {
    return HERE;
  }

  @Override
  public boolean behind(byte[] sender) {
    return false;
  }

  @Override
  public ByteBuffer reserve(int octets) {
    return memory.clear();
  }

  @Override
  public void send(int octets) {
    length = octets;
  }

  @Override
  public void drop() {
    length = 0;
  }

  @Override
  public ReplySink later() {
    return new ReplyInHand();
  }
}
