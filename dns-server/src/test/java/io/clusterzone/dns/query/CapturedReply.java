package io.clusterzone.dns.query;

import io.clusterzone.dns.ops.Protocol;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A [ReplySink] that keeps what is sent.
final class CapturedReply implements ReplySink {
  /// Reserved memory does not begin at 0: an implementation that mixes up offsets is found out.
  private static final int START = 37;

  private final Protocol protocol;
  private InetSocketAddress client;
  private ByteBuffer memory = ByteBuffer.allocate(0);
  private byte @Nullable [] sent;
  private boolean ended;
  private @Nullable CapturedReply later;
  private boolean behind;
  private byte @Nullable [] limited;

  CapturedReply(Protocol protocol, String client) {
    this.protocol = protocol;
    this.client = new InetSocketAddress(client, 40_000);
  }

  /// The event loop has fallen behind.
  CapturedReply fallenBehind() {
    behind = true;
    return this;
  }

  /// The transport uses it again, for a datagram of a client of whom it does not let all through.
  void lendTo(String flooder) {
    client = new InetSocketAddress(flooder, 40_000);
    limited = client.getAddress().getAddress();
  }

  /// Whether the reply was put off, and has not come yet.
  boolean waits() {
    return later != null && !later.ended;
  }

  /// What was sent; null after a drop.
  byte @Nullable [] sent() {
    if (later != null) {
      return later.sent();
    }
    if (!ended) {
      throw new AssertionError("neither sent nor dropped");
    }
    return sent;
  }

  @Override
  public Protocol protocol() {
    return protocol;
  }

  @Override
  public InetSocketAddress client() {
    return client;
  }

  @Override
  public InetSocketAddress local() {
    return new InetSocketAddress("192.0.2.53", 53);
  }

  @Override
  public boolean ipv6() {
    return client.getAddress() instanceof Inet6Address;
  }

  @Override
  public byte[] clientAddress() {
    return client.getAddress().getAddress();
  }

  @Override
  public boolean behind(byte[] sender) {
    return behind || Arrays.equals(sender, limited);
  }

  @Override
  public ByteBuffer reserve(int octets) {
    memory = ByteBuffer.allocateDirect(START + octets).position(START);
    return memory;
  }

  @Override
  public void send(int length) {
    end();
    byte[] octets = new byte[length];
    memory.get(START, octets);
    sent = octets;
  }

  @Override
  public void drop() {
    end();
  }

  @Override
  public ReplySink later() {
    end();
    later = new CapturedReply(protocol, client.getHostString());
    return later;
  }

  private void end() {
    if (ended) {
      throw new AssertionError("ended twice");
    }
    ended = true;
  }

  @Override
  public String toString() {
    return protocol + " " + client + " " + Arrays.toString(sent);
  }
}
