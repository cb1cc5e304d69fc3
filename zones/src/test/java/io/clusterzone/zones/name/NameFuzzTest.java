package io.clusterzone.zones.name;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Any text and any octets are a name or are refused, as dnsjava has it.
final class NameFuzzTest {
  private static final String TRICKY = "aZ09-_*@.\\\\..ü\u0000 \"$";

  @FuzzTest
  void parsesAnyText(FuzzedDataProvider data) {
    checkText(data.consumeRemainingAsString());
  }

  @FuzzTest
  void readsAnyOctets(byte[] octets) {
    checkWire(octets);
  }

  @Test
  void survivesRandomTextAndOctets() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    try {
      for (int i = 0; i < 50_000; i++) {
        checkText(randomText(random));
        checkWire(randomOctets(random));
      }
    } catch (RuntimeException | AssertionError e) {
      throw new AssertionError("seed " + seed, e);
    }
  }

  private static String randomText(Random random) {
    var text = new StringBuilder();
    for (int length = random.nextInt(12); length > 0; length--) {
      text.append(TRICKY.charAt(random.nextInt(TRICKY.length())));
    }
    return text.toString();
  }

  private static byte[] randomOctets(Random random) {
    byte[] octets = new byte[random.nextInt(300)];
    for (int i = 0; i < octets.length; i++) {
      octets[i] = (byte) (random.nextInt(8) == 0 ? random.nextInt(256) : random.nextInt(40));
    }
    return octets;
  }

  private static void checkText(String text) {
    Name name;
    try {
      name = Name.parse(text);
    } catch (IllegalArgumentException e) {
      return;
    }
    if (!Name.parse(name.toString()).equals(name) || name.length() > Name.MAX_LENGTH) {
      throw new AssertionError(text);
    }
  }

  private static void checkWire(byte[] octets) {
    var independent = independent(octets);
    if (independent == null) {
      assertThatIllegalArgumentException().isThrownBy(() -> Name.ofWire(octets, 0));
    } else {
      Name name = Name.ofWire(octets, 0);
      assertThat(name.toWire()).isEqualTo(independent.toWire());
      assertThat(Name.parse(name.toString()).toWire()).isEqualTo(independent.toWire());
    }
  }

  /// The name as dnsjava reads it; null if it refuses, or has followed a compression pointer.
  private static org.xbill.DNS.@Nullable Name independent(byte[] octets) {
    try {
      var name = new org.xbill.DNS.Name(octets);
      byte[] wire = name.toWire();
      boolean whole = Arrays.mismatch(wire, octets) == wire.length || Arrays.equals(wire, octets);
      return whole ? name : null;
    } catch (IOException | RuntimeException e) {
      return null;
    }
  }
}
