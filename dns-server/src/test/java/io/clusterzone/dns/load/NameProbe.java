package io.clusterzone.dns.load;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import org.xbill.DNS.Type;

/// Asks for a name's addresses, one query at a time. One thread.
final class NameProbe {
  private static final int TIMEOUT_MILLIS = 200;

  private final byte[] query;

  NameProbe(String name) {
    this.query = Messages.query(name, Type.A);
  }

  /// Whether there is an address; false as well if nobody answers.
  boolean exists(InetSocketAddress server) throws IOException {
    var reply = ByteBuffer.allocate(4096);
    try (var socket = new DatagramSocket()) {
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.connect(server);
      socket.send(new DatagramPacket(query, query.length));
      var packet = new DatagramPacket(reply.array(), reply.capacity());
      socket.receive(packet);
      reply.limit(packet.getLength());
      return Messages.hasQuestion(reply, query)
          && Messages.rcode(reply) == Messages.NOERROR
          && Messages.answers(reply) > 0;
    } catch (SocketTimeoutException | PortUnreachableException _) {
      return false;
    }
  }
}
