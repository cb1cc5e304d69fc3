package io.clusterzone.dns.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ListenAddressTest {
  @ParameterizedTest
  @CsvSource({
    "127.0.0.1:53, 127.0.0.1, 53",
    "[::1]:1053, ::1, 1053",
    "[fe80::1]:0, fe80::1, 0",
    "0.0.0.0:65535, 0.0.0.0, 65535"
  })
  void readsAddressAndPort(String text, String address, int port) {
    assertThat(ListenAddress.parse(text))
        .isEqualTo(new ListenAddress(List.of(InetAddress.ofLiteral(address)), port));
  }

  @Test
  void readsAPortAloneAsAllAddresses() {
    assertThat(ListenAddress.parse(":53")).isEqualTo(new ListenAddress(List.of(), 53));
  }
}
