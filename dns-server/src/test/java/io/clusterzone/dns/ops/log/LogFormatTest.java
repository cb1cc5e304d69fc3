package io.clusterzone.dns.ops.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.dns.ops.Protocol;
import io.clusterzone.zones.name.Name;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LogFormatTest {
  private static final int QR_AA_RD = 0x8500;

  static LoggedQuery query(String client, Name name, int rcode, int flags) {
    try {
      return new LoggedQuery(
          new InetSocketAddress(InetAddress.getByName(client), 50759),
          new InetSocketAddress(InetAddress.getByName("192.0.2.53"), 53),
          Protocol.UDP,
          29008,
          0,
          name,
          1,
          1,
          41,
          false,
          4096,
          flags,
          rcode,
          68,
          37_990_251,
          "no \"way\"\n");
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  private static String line(String format, String name) {
    StringBuilder out = new StringBuilder();
    new LogFormat(format).append(out, query("::1", Name.parse(name), 0, QR_AA_RD));
    return out.toString();
  }

  /// The example of CoreDNS's manual, with our flags.
  @Test
  void writesTheCommonFormatAsCoreDnsDoes() {
    String common =
        "[::1]:50759 - 29008 \"A IN example.org. udp 41 false 4096\" NOERROR qr,aa,rd 68"
            + " 0.037990251s";
    StringBuilder out = new StringBuilder();
    LogFormat.COMMON.append(out, query("::1", Name.parse("example.org"), 0, QR_AA_RD));
    assertThat(out).hasToString(common);
    assertThat(line("{common}", "example.org")).isEqualTo(common);
    assertThat(line("{combined}", "example.org")).isEqualTo(common + " \"0\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{proto} Request: {name} {type} {>id} | udp Request: example.org. A 29008",
        "{type}                               | A",
        "{class}                              | IN",
        "{name}                               | example.org.",
        "{proto}                              | udp",
        "{remote}                             | [::1]",
        "{port}                               | 50759",
        "{local}                              | 192.0.2.53",
        "{size}                               | 41",
        "{rcode}                              | NOERROR",
        "{rsize}                              | 68",
        "{duration}                           | 0.037990251s",
        "{>id}                                | 29008",
        "{>opcode}                            | 0",
        "{>do}                                | false",
        "{>bufsize}                           | 4096",
        "{>rflags}                            | qr,aa,rd",
        "{>OPCODE}{>rflags}                   | 0qr,aa,rd",
        "{/kubernetes/service}                | -",
        "{unknown} {>unknown}                 | {unknown} {>unknown}",
        "{ {name} }                           | { example.org. }",
        "{reason}                             | no ?way??",
        "no placeholder                       | no placeholder",
        "}{                                   | }{",
        "{name                                | {name",
      })
  void replacesPlaceholdersAndNothingElse(String format, String line) {
    assertThat(line(format, "example.org")).isEqualTo(line);
  }

  /// A name may hold any octets; a line must stay one line and its quotes must stay in pairs.
  @Test
  void noOctetOfANameBreaksALine() {
    for (int octet = 0; octet < 256; octet++) {
      Name name = Name.ROOT.child(new byte[] {'a', (byte) octet, 'b'});
      StringBuilder out = new StringBuilder();
      LogFormat.COMMON.append(out, query("192.0.2.1", name, 0, QR_AA_RD));
      String line = out.toString();
      assertThat(line).matches("[ -~]*");
      assertThat(line.replace("\\\"", "")).containsOnlyOnce("\" NOERROR").contains("\"A IN a");
      assertThat(line.split(" ", -1)).as("octet %d", octet).hasSize(14);
    }
  }

  @ParameterizedTest
  @CsvSource({"0, NOERROR", "3, NXDOMAIN", "2, SERVFAIL", "5, REFUSED", "16, BADVERS", "23, 23"})
  void namesResponseCodes(int rcode, String name) {
    StringBuilder out = new StringBuilder();
    new LogFormat("{rcode}").append(out, query("192.0.2.1", Name.ROOT, rcode, 0));
    assertThat(out).hasToString(name);
  }
}
