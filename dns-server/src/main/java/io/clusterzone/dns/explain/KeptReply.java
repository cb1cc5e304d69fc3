package io.clusterzone.dns.explain;

import io.clusterzone.dns.ops.Protocol;
import io.clusterzone.dns.query.ReplySink;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;

/// The receiver of the reply to an explained question: keeps it for the thread that waits. Its
/// result is empty if the query was dropped.
final class KeptReply implements ReplySink {
  private static final int CLIENT_PORT = 40_000;
  private static final int DNS_PORT = 53;

  private final Protocol protocol;
  private final InetAddress client;
  private final CompletableFuture<byte[]> result;
  private ByteBuffer memory = ByteBuffer.allocate(0);
  private boolean putOff;

  KeptReply(Protocol protocol, InetAddress client, CompletableFuture<byte[]> result) {
    this.protocol = protocol;
    this.client = client;
    this.result = result;
  }

  @Override
  public Protocol protocol() {
    return protocol;
  }

  @Override
  public InetSocketAddress client() {
    return new InetSocketAddress(client, CLIENT_PORT);
  }

  @Override
  public boolean ipv6() {
    return client instanceof Inet6Address;
  }

  @Override
  public byte[] clientAddress() {
    return client.getAddress();
  }

  @Override
  public InetSocketAddress local() {
    return new InetSocketAddress(DNS_PORT);
  }

  /// Nobody's question is shed for this one: it is one of a few, asked by an operator.
  @Override
  public boolean behind(byte[] sender) {
    return false;
  }

  @Override
  public ByteBuffer reserve(int octets) {
    memory = ByteBuffer.allocate(octets);
    return memory;
  }

  @Override
  public void send(int length) {
    byte[] octets = new byte[length];
    memory.get(0, octets);
    result.complete(octets);
  }

  @Override
  public void drop() {
    result.complete(new byte[0]);
  }

  @Override
  public ReplySink later() {
    putOff = true;
    return new KeptReply(protocol, client, result);
  }

  /// The handler is back: what it has neither answered nor put off, it has dropped.
  void handled() {
    if (!putOff) {
      result.complete(new byte[0]);
    }
  }
}
