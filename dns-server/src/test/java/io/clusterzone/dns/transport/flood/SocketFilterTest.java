package io.clusterzone.dns.transport.flood;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.dns.transport.CountingSocket;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The program in the kernel, on sockets of the loopback interface.
final class SocketFilterTest {
  private static final int SENT = 1000;

  private final SocketFilter filter = new SocketFilter();

  /// How many datagrams from the client come through the filter.
  private int receivedFrom(String client, String to) throws Exception {
    try (var socket = new CountingSocket(InetAddress.getByName(to))) {
      assertThat(filter.attach(socket.kernel())).isTrue();
      socket.send(client, SENT);
      SocketFilter.detach(socket.kernel());
      return socket.received();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, 127.0.0.2, 1,    1,    1000, 1000",
    "127.0.0.1, 127.0.0.2, 0,    1,    0,    0",
    "127.0.0.1, 127.0.0.2, 0.5,  1,    350,  650",
    "127.0.0.1, 127.0.0.2, 0.05, 1,    5,    150",
    "127.0.0.1, 127.0.0.2, 1,    0,    1000, 1000",
    "::1,       ::1,       1,    0,    1000, 1000",
    "::1,       ::1,       0,    1,    0,    0",
  })
  void letsAShareOfAClientThrough(
      String to, String client, double share, double others, int fewest, int most)
      throws Exception {
    filter.begin();
    filter.add(SocketFilter.client(InetAddress.getByName(client).getAddress()), share);
    filter.end(others);
    assertThat(receivedFrom(client, to)).isBetween(fewest, most);
  }

  @ParameterizedTest
  @CsvSource({"127.0.0.1", "::1"})
  void letsAShareOfAllOthersThrough(String to) throws Exception {
    filter.begin();
    filter.add(SocketFilter.client(InetAddress.getByName(to).getAddress()) + 1, 1);
    filter.end(0);
    assertThat(receivedFrom(to, to)).isZero();
  }

  @Test
  void tellsManyClientsApart() throws Exception {
    int client = SocketFilter.client(InetAddress.getByName("127.0.0.9").getAddress());
    filter.begin();
    for (int i = 1; i < SocketFilter.MOST_CLIENTS; i++) {
      filter.add(client + i, 0);
    }
    filter.add(client, 1);
    filter.end(0);
    assertThat(receivedFrom("127.0.0.9", "127.0.0.1")).isEqualTo(SENT);
  }

  @Test
  void knowsAnAddressByTheSumOfItsWords() throws Exception {
    assertThat(SocketFilter.client(InetAddress.getByName("10.1.2.3").getAddress()))
        .isEqualTo(0x0a010203);
    assertThat(SocketFilter.client(InetAddress.getByName("2001:db8:1:2:30:4:5:7006").getAddress()))
        .isEqualTo(0x20010db8 + 0x00010002 + 0x00300004 + 0x00057006);
  }
}
