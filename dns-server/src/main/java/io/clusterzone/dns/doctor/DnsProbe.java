package io.clusterzone.dns.doctor;

import io.clusterzone.dns.compare.Answer;
import io.clusterzone.dns.compare.AnswerReader;
import io.clusterzone.dns.compare.SeenRecord;
import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.record.RRType;
import io.clusterzone.zones.wire.DnsClass;
import io.clusterzone.zones.wire.Header;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/// Asks one question as a client does (RFC 1035 section 4.2), and waits a second for the reply.
/// Stateless.
final class DnsProbe {
  private static final int MILLIS = 1000;
  private static final int LARGEST = 0xffff;
  private static final SecureRandom RANDOM = new SecureRandom();

  /// Octets of an SOA behind its names, the serial first.
  private static final int SOA_NUMBERS = 20;

  private DnsProbe() {}

  /// The reply over UDP, or silence.
  ///
  /// @throws IOException if the host refuses, or cannot be reached
  static Answer udp(InetSocketAddress server, Name name, int type) throws IOException {
    byte[] query = query(name, type);
    try (var socket = new DatagramSocket()) {
      socket.connect(server);
      socket.send(new DatagramPacket(query, query.length));
      var reply = new DatagramPacket(new byte[LARGEST], LARGEST);
      long end = System.nanoTime() + MILLIS * 1_000_000L;
      do {
        socket.setSoTimeout((int) Math.max(1, (end - System.nanoTime()) / 1_000_000));
        socket.receive(reply);
      } while (reply.getLength() < 2
          || reply.getData()[0] != query[0]
          || reply.getData()[1] != query[1]);
      return AnswerReader.read(ByteBuffer.wrap(reply.getData(), 0, reply.getLength()));
    } catch (PortUnreachableException e) {
      throw new IOException("nothing listens there", e);
    } catch (SocketTimeoutException _) {
      return Answer.SILENCE;
    }
  }

  /// The reply over TCP, or silence.
  ///
  /// @throws IOException if the host refuses, or cannot be reached
  static Answer tcp(InetSocketAddress server, Name name, int type) throws IOException {
    return tcp(server, name, type, 1);
  }

  /// The last of so many replies to one question, asked that often at once on one connection.
  static Answer tcp(InetSocketAddress server, Name name, int type, int times) throws IOException {
    byte[] query = query(name, type);
    ByteBuffer all = ByteBuffer.allocate(times * (Short.BYTES + query.length));
    for (int i = 0; i < times; i++) {
      all.putShort((short) query.length).put(query);
    }
    try (var socket = new Socket()) {
      socket.connect(server, MILLIS);
      socket.setSoTimeout(MILLIS);
      socket.getOutputStream().write(all.array());
      var in = new DataInputStream(socket.getInputStream());
      byte[] reply = new byte[0];
      for (int i = 0; i < times; i++) {
        reply = new byte[in.readUnsignedShort()];
        in.readFully(reply);
      }
      return AnswerReader.read(ByteBuffer.wrap(reply));
    } catch (SocketTimeoutException _) {
      return Answer.SILENCE;
    }
  }

  private static byte[] query(Name name, int type) {
    byte[] wire = name.toWire();
    ByteBuffer query = ByteBuffer.allocate(Header.LENGTH + wire.length + 2 * Short.BYTES);
    query.putShort((short) RANDOM.nextInt()).putShort((short) Header.RD).putShort((short) 1);
    return query
        .position(Header.LENGTH)
        .put(wire)
        .putShort((short) type)
        .putShort((short) DnsClass.IN)
        .array();
  }

  /// The serial of the SOA in the answer section.
  static OptionalLong serial(Answer answer) {
    return answer instanceof Answer.Message message
        ? soas(message.answer())
            .mapToLong(soa -> {
              ByteBuffer rdata = soa.data().rdata();
              return Integer.toUnsignedLong(rdata.getInt(rdata.limit() - SOA_NUMBERS));
            })
            .findFirst()
        : OptionalLong.empty();
  }

  /// Whether the reply denies a name in this very zone.
  static boolean isFrom(Answer answer, Name zone) {
    return answer instanceof Answer.Message message
        && soas(message.authority()).anyMatch(soa -> soa.data().owner().equals(zone));
  }

  private static Stream<SeenRecord> soas(List<SeenRecord> section) {
    return section.stream().filter(seen -> seen.data().type() == RRType.SOA);
  }
}
