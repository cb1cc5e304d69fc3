package io.clusterzone.dns.compare.exchange;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;

/// One query and its reply over a TCP connection of its own (RFC 7766 section 8).
final class TcpExchange {
  private TcpExchange() {}

  /// The reply. Waits for at most the time given to connect, and again for each read.
  static ByteBuffer ask(InetSocketAddress server, ByteBuffer query, Duration patience)
      throws IOException {
    try (var socket = new Socket()) {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout((int) patience.toMillis());
      socket.connect(server, (int) patience.toMillis());
      int length = query.limit();
      ByteBuffer framed = ByteBuffer.allocate(Short.BYTES + length);
      socket
          .getOutputStream()
          .write(framed.putShort((short) length).put(query.duplicate()).array());
      var in = new DataInputStream(socket.getInputStream());
      byte[] reply = new byte[in.readUnsignedShort()];
      in.readFully(reply);
      return ByteBuffer.wrap(reply);
    }
  }
}
