package io.clusterzone.dns.compare.question;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clusterzone.dns.compare.ComparedQuestion;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Lists of dnsperf, and lines of the directive log.
final class TextSourcesTest {
  @Test
  void readsAListWithItsComments() throws IOException {
    String list = "; a comment\n# another\n\nwww.example.com A\r\nWeb.shop.svc\tHTTPS\n. TYPE1234";
    assertThat(texts(new QueryList("list", octets(list))))
        .containsExactly("www.example.com. A", "Web.shop.svc. HTTPS", ". TYPE1234");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          www.example.com         | list:1: expected a name and a type such as A, not: www.example.com
          www.example.com WHAT    | list:1: expected a name and a type such as A, not: www.example.com WHAT
          www..example.com A      | list:1: a name with an empty label: "www..example.com"
          """)
  void namesTheLineOfAFault(String line, String message) {
    assertThatThrownBy(() -> texts(new QueryList("list", octets(line)))).hasMessage(message);
  }

  /// CoreDNS's formats common and combined, as its documentation of the plugin log has them, and
  /// what collectors of logs put in front.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          [INFO] 10.0.0.1:4242 - 4711 "A IN name. udp 50 false 512" NOERROR qr,aa,rd 106 0.000087s | name. A | 0    | false | true
          [INFO] [::1]:50759 - 29008 "AAAA IN Example.ORG. udp 41 true 4096" NOERROR qr,ra,ad 68 0.037990251s | Example.ORG. AAAA | 4096 | true | false
          [INFO] 10.0.0.1:4242 - 1 "SRV IN a.b. tcp 50 false 1232" NXDOMAIN qr,rd,ra 106 0.1s "0"  | a.b. SRV | 1232 | false | true
          2026-01-01T00:00:00Z stdout F [INFO] 10.0.0.1:1 - 1 "HTTPS IN a\\032b. udp 50 false 512" NOERROR qr,rd 1 0.1s | a\\032b. HTTPS | 0 | false | true
          [INFO] 10.0.0.1:4242 - 1 "TYPE999 IN a. udp 50 false 512" - - 0 2.0s | a. TYPE999 | 0 | false | true
          """)
  void readsLinesOfTheLog(String line, String question, int size, boolean dnssec, boolean rd)
      throws IOException {
    var log = new QueryLog("log", octets("[INFO] plugin/reload: x\n" + line));
    ComparedQuestion read = Objects.requireNonNull(log.next());
    assertThat(read.name() + " " + read.typeText()).isEqualTo(question);
    assertThat(read.udpSize()).isEqualTo(size);
    assertThat(read.dnssecOk()).isEqualTo(dnssec);
    assertThat(read.flags() != 0).isEqualTo(rd);
  }

  @Test
  void saysWhatALogLooksLikeIfThereIsNone() {
    assertThatThrownBy(() -> texts(new QueryLog("log", octets("hello\nworld\n"))))
        .hasMessageStartingWith("log:2: no line here is one of the directive log, such as: [INFO]");
  }

  @Test
  void neverThrowsForWhateverStandsInALine() throws IOException {
    long seed = System.nanoTime();
    var random = new Random(seed);
    byte[] good =
        "[INFO] 10.0.0.1:1 - 1 \"A IN name. udp 50 false 512\" NOERROR qr,aa 106 0.1s\n"
            .getBytes(ISO_8859_1);
    for (int i = 0; i < 20_000; i++) {
      byte[] octets = good.clone();
      for (int n = random.nextInt(5); n >= 0; n--) {
        octets[random.nextInt(octets.length)] = (byte) random.nextInt();
      }
      String both = new String(octets, ISO_8859_1) + "\n" + new String(good, ISO_8859_1);
      assertThat(texts(new QueryLog("log", octets(both)))).as("seed %d", seed).isNotEmpty();
    }
  }

  @Test
  void endsAtALineThatHasNoEnd() {
    var endless =
        new InputStream() {
          @Override
          public int read() {
            return 'x';
          }
        };
    assertThatThrownBy(() -> texts(new QueryLog("log", endless)))
        .hasMessage("log:1: a line of more than 65536 characters");
  }

  private static InputStream octets(String text) {
    return new ByteArrayInputStream(text.getBytes(ISO_8859_1));
  }

  private static List<String> texts(QuestionSource source) throws IOException {
    List<String> texts = new ArrayList<>();
    ComparedQuestion question = source.next();
    while (question != null) {
      texts.add(question.name() + " " + question.typeText());
      question = source.next();
    }
    return texts;
  }
}
