package io.clusterzone.dns.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import org.xbill.DNS.DClass;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/// Asks with EDNS whether a name has addresses that are marked as stale (RFC 8914 section 4.4). One
/// thread.
final class StaleProbe {
  private static final int TIMEOUT_MILLIS = 50;
  private static final int SIZE = 1232;

  private final byte[] query;

  StaleProbe(String name) {
    try {
      var message = Message.newQuery(Record.newRecord(Name.fromString(name), Type.A, DClass.IN));
      message.addRecord(new OPTRecord(SIZE, 0, 0), Section.ADDITIONAL);
      query = message.toWire();
    } catch (TextParseException e) {
      throw new IllegalArgumentException(name, e);
    }
  }

  /// False as well if nobody answers.
  boolean isStale(InetSocketAddress server) {
    byte[] reply = new byte[SIZE];
    try (var socket = new DatagramSocket()) {
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.connect(server);
      socket.send(new DatagramPacket(query, query.length));
      var packet = new DatagramPacket(reply, reply.length);
      socket.receive(packet);
      return isStale(new Message(Arrays.copyOf(reply, packet.getLength())));
    } catch (SocketTimeoutException | PortUnreachableException _) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isStale(Message reply) {
    OPTRecord opt = reply.getOPT();
    return reply.getRcode() == Rcode.NOERROR
        && !reply.getSection(Section.ANSWER).isEmpty()
        && opt != null
        && opt.getOptions(EDNSOption.Code.EDNS_EXTENDED_ERROR).stream()
            .anyMatch(option ->
                ((ExtendedErrorCodeOption) option).getErrorCode()
                    == ExtendedErrorCodeOption.STALE_ANSWER);
  }
}
