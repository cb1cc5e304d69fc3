package io.clusterzone.dns.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Each difference is counted once, under its heaviest field.
final class DifferenceTest {
  private static final ComparedQuestion QUESTION = Replies.question("a.cluster.local. A");

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      textBlock =
          """
          silence                      # NOERROR aa                    # TIMEOUT      # no reply  # NODATA
          silence                      # garbage                       # TIMEOUT      # no reply  # malformed: the message ends early
          garbage                      # NXDOMAIN aa                   # MALFORMED    # malformed: the message ends early # NXDOMAIN
          NOERROR aa                   # NXDOMAIN                      # RCODE        # NODATA    # NXDOMAIN
          NOERROR aa rd                # NOERROR rd|a. 5 A 1.2.3.4     # FLAGS        # aa rd     # rd
          NOERROR|a. 5 A 1.2.3.4       # NOERROR|a. 5 AAAA ::1         # ANSWER_TYPES # A         # AAAA
          NOERROR|a. 5 A 1.2.3.4       # NOERROR|a. 6 A 1.2.3.5        # ANSWER_DATA  # 1 A       # 1 A, with other data
          NOERROR|a. 5 A 1.2.3.4       # NOERROR|a. 5 A 1.2.3.4;a. 5 A 1.2.3.5 # ANSWER_DATA # 1 A # 2 A
          NXDOMAIN||SOA!               # NXDOMAIN                      # AUTHORITY    # 1 SOA     # none
          NOERROR|||a. 5 A 1.2.3.4     # NOERROR|||a. 5 A 1.2.3.5      # ADDITIONAL   # 1 A       # 1 A, with other data
          NOERROR|a. 5 A 1.2.3.4       # NOERROR|a. 4 A 1.2.3.4        # TTL          # 5 s       # 4 s
          NOERROR|a. 5 A 1.2.3.4;a. 5 A 1.2.3.5 # NOERROR|a. 5 A 1.2.3.5;a. 5 A 1.2.3.4 # ORDER # one order # another order
          """)
  void isTheHeaviestField(String here, String there, Field field, String ours, String theirs) {
    assertThat(between(here, there)).isEqualTo(new Difference(field, ours, theirs));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      textBlock =
          """
          silence                       # silence
          garbage                       # garbage
          NOERROR aa|A.b. 5 A 1.2.3.4   # NOERROR aa|a.B. 5 A 1.2.3.4
          NOERROR|a. 5 CNAME Web.Shop.  # NOERROR|a. 5 CNAME web.shop.
          NOERROR|a. 5 MX 1 Web.Shop.   # NOERROR|a. 5 MX 1 web.shop.
          NOERROR||b. 5 SOA a. h. 7 1 1 1 5 # NOERROR||b. 5 SOA a. h. 8 1 1 1 5
          """)
  void isNoneInCaseSerialAndFaultsThatBothHave(String here, String there) {
    assertThat(between(here, there)).isNull();
  }

  /// A resolver that mixes the case of its questions looks whether a server hands them back as they
  /// were.
  @Test
  void isOneInTheSpellingOfTheQuestion() {
    Answer here = Replies.answer(QUESTION, "NOERROR");
    Answer there = Replies.answer(Replies.question("A.cluster.local. A"), "NOERROR");
    Difference difference = Objects.requireNonNull(Difference.between(here, there));
    assertThat(difference.field()).isEqualTo(Field.QUESTION);
  }

  private static @Nullable Difference between(String here, String there) {
    return Difference.between(Replies.answer(QUESTION, here), Replies.answer(QUESTION, there));
  }
}
