package io.clusterzone.zones.answer;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.zones.name.Name;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CanonicalLabelTest {
  private final AddressLabel label = new AddressLabel();
  private final byte[] out = new byte[Name.MAX_LENGTH];

  /// RFC 5952 section 4.2: the longest run of two zero groups or more, the first of equals, is left
  /// out; section 4.1 and 4.3: no leading zeros, lower case.
  @ParameterizedTest
  @CsvSource({
    "10-1-0-255, 10-1-0-255",
    "0-0-0-0-0-0-0-0, --",
    "0--1, --1",
    "fd00--0, fd00--",
    "fd00-0-0-0-0-0-0-1, fd00--1",
    "2001-db8-0-0-1-0-0-1, 2001-db8--1-0-0-1",
    "1-0-0-2-0-0-0-3, 1-0-0-2--3",
    "1--3-4-5-6-7-8, 1-0-3-4-5-6-7-8",
    "0001-02-3-004-0-0-7-8, 1-2-3-4--7-8",
    "1-2-3-4-5-6-0-0, 1-2-3-4-5-6--",
    "--ffff-a01-2, 10-1-0-2",
    "abcd-ef01-2345-6789-abcd-ef01-2345-6789, abcd-ef01-2345-6789-abcd-ef01-2345-6789",
  })
  void spellsEachAddressInOneWay(String given, String canonical) {
    assertThat(canonical(given)).isEqualTo(canonical);
    assertThat(canonical(canonical)).isEqualTo(canonical);
  }

  @Test
  void keepsTheAddress() {
    var random = new Random(17);
    for (int i = 0; i < 20_000; i++) {
      var spelling = new StringBuilder();
      for (int group = 0; group < 8; group++) {
        int value = random.nextBoolean() ? 0 : random.nextInt(0x10000);
        spelling.append(group == 0 ? "" : "-").append(Integer.toHexString(value));
      }
      String canonical = canonical(spelling.toString());
      assertThat(canonical(canonical)).as("%s", spelling).isEqualTo(canonical);
      assertThat(canonical.length()).as("%s", spelling).isLessThanOrEqualTo(spelling.length());
    }
  }

  private String canonical(String text) {
    byte[] name = new byte[text.length() + 2];
    name[0] = (byte) text.length();
    System.arraycopy(text.getBytes(StandardCharsets.US_ASCII), 0, name, 1, text.length());
    assertThat(label.read(name, 0)).as(text).isTrue();
    int end = label.putCanonical(out);
    assertThat(out[0]).isEqualTo((byte) (end - 1));
    return new String(out, 1, end - 1, StandardCharsets.US_ASCII);
  }
}
