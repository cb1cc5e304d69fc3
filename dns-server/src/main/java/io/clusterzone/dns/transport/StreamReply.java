package io.clusterzone.dns.transport;

import io.clusterzone.dns.ops.Protocol;
import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;

/// The reply to one message of a TCP connection, with its length in front.
final class StreamReply extends LentReply {
  private static final int LENGTH_OCTETS = 2;

  private final StreamConnection connection;
  private final boolean putOff;

  StreamReply(StreamConnection connection, boolean putOff) {
    super(connection.gate(), connection.allocator(), LENGTH_OCTETS);
    this.connection = connection;
    this.putOff = putOff;
  }

  @Override
  public Protocol protocol() {
    return Protocol.TCP;
  }

  @Override
  public InetSocketAddress client() {
    return connection.client();
  }

  @Override
  public InetSocketAddress local() {
    return connection.local();
  }

  /// Reserved memory is as long as the longest reply; what may wait for a slow client is a copy of
  /// the octets that were written.
  @Override
  void transmit(ByteBuf buffer, int length) {
    ByteBuf framed = connection.allocator().directBuffer(LENGTH_OCTETS + length);
    framed.writeShort(length).writeBytes(buffer, LENGTH_OCTETS, length);
    buffer.release();
    connection.send(framed, length);
    ended();
  }

  @Override
  void dropped() {
    connection.dropped();
    ended();
  }

  @Override
  StreamReply outlive() {
    connection.awaitAnswer();
    return new StreamReply(connection, true);
  }

  private void ended() {
    if (putOff) {
      connection.answered();
    }
  }
}
