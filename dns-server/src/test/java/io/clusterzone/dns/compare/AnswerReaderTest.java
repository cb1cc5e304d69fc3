package io.clusterzone.dns.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AnswerReaderTest {
  private static final ComparedQuestion QUESTION = Replies.question("a.cluster.local. A");

  /// Each type whose names a server may compress, encoded by dnsjava, which does.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "a.cluster.local. 5 IN A 10.0.0.1",
        "a.cluster.local. 5 IN AAAA fd00:0:0:0:0:0:0:1",
        "a.cluster.local. 5 IN NS b.cluster.local.",
        "a.cluster.local. 5 IN CNAME b.a.cluster.local.",
        "a.cluster.local. 5 IN PTR a.cluster.local.",
        "a.cluster.local. 5 IN SRV 0 100 80 a.cluster.local.",
        "a.cluster.local. 5 IN TXT \"1.1.0\" \"x\"",
        "a.cluster.local. 5 IN HINFO \"ANY obsoleted\" \"See RFC 8482\"",
        "cluster.local. 5 IN SOA a.cluster.local. b.cluster.local. 7 1 2 3 5"
      })
  void readsWhatDnsjavaEncodes(String record) {
    Answer.Message message = Replies.message(QUESTION, "NOERROR aa|" + record);
    assertThat(message.answer()).hasSize(1);
    assertThat(message.answer().getFirst()).hasToString(record.replace(":0:0:0:0:0:0:", "::"));
    assertThat(message.question()).isEqualTo("a.cluster.local. A");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0000 8000 0000 0000 0000                          | the message ends early at octet 10
          0000 0000 0000 0000 0000 0000                     | not a reply, QR is clear at octet 12
          0000 8000 0000 0000 0000 0000 00                  | 1 octets behind the last record at octet 12
          0000 8000 0001 0000 0000 0000 c00c 0001 0001      | a compression pointer that does not go back at octet 14
          0000 8000 0001 0000 0000 0000 40 00 0001 0001     | a label of an unknown kind at octet 13
          0000 8000 0000 0001 0000 0000 00 0001 0001 00000005 0003 010203   | RDATA of another length than its type has at octet 23
          0000 8000 0000 0001 0000 0000 00 0001 0001 00000005 0004 010203   | RDATA that is longer than the message at octet 23
          0000 8000 0000 0001 0000 0000 00 0010 0001 00000005 0000          | a character string is missing at octet 23
          0000 8000 0000 0001 0000 0000 00 0029 0001 00000000 0000          | an OPT record that is not the only one of the additional section at octet 15
          0000 8000 0000 0000 0000 0001 00 0029 0001 00000000 0004 00030001 | the message ends early at octet 27
          """)
  void namesTheFaultAndItsPlace(String hex, String fault) {
    byte[] octets = HexFormat.of().parseHex(hex.replace(" ", ""));
    assertThat(AnswerReader.read(ByteBuffer.wrap(octets))).isEqualTo(new Answer.Malformed(fault));
  }

  /// RFC 6891 section 6.1.3: the upper eight bits of the rcode stand in the OPT record.
  @Test
  void readsTheExtendedRcodeAndTheFlags() {
    byte[] octets =
        HexFormat.of()
            .parseHex(
                "00008001000000000000000100002904d00100800000090003000161000f0000"
                    .replace(" ", ""));
    octets[2] = (byte) 0x80;
    Answer answer = AnswerReader.read(ByteBuffer.wrap(octets));
    assertThat(answer)
        .isInstanceOfSatisfying(
            Answer.Message.class,
            message -> {
              assertThat(message.rcode()).isEqualTo(17);
              assertThat(message.edns())
                  .isEqualTo(new SeenEdns(0, 0x8000, 1232, java.util.List.of()));
            });
  }

  @Test
  void survivesRandomAndChangedOctets() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    byte[] good =
        Replies.octets(
            QUESTION,
            "NOERROR aa|a.cluster.local. 5 SRV 0 100 80 a.cluster.local.;a. 5 TXT x|SOA!|b. 1 A 1.2.3.4");
    for (int i = 0; i < 50_000; i++) {
      byte[] octets = good.clone();
      if (i % 2 == 0) {
        octets = new byte[random.nextInt(80)];
        random.nextBytes(octets);
      } else {
        for (int n = random.nextInt(4); n >= 0; n--) {
          octets[random.nextInt(octets.length)] = (byte) random.nextInt();
        }
      }
      byte[] tried = octets;
      assertThatCode(
              () -> {
                Answer answer = AnswerReader.read(ByteBuffer.wrap(tried));
                assertThat(answer.toString()).isNotEmpty();
                assertThat(Difference.between(answer, answer)).isNull();
              })
          .as("seed %d, %s", seed, HexFormat.of().formatHex(tried))
          .doesNotThrowAnyException();
    }
  }
}
