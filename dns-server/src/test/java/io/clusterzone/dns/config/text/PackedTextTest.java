package io.clusterzone.dns.config.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PackedTextTest {
  private static PackedText ofOctets(String text) throws IOException {
    return PackedText.of(new ByteArrayInputStream(text.getBytes(UTF_8)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "line\nline\n", "\ufeffmark", "\u00e4\u20ac\ud83d\ude00"})
  void isTheTextThatWasPacked(String text) throws IOException {
    assertThat(PackedText.of(text).text()).isEqualTo(text);
    assertThat(ofOctets(text)).isEqualTo(PackedText.of(text));
    assertThat(PackedText.of(text + "x")).isNotEqualTo(PackedText.of(text));
  }

  /// FIPS 180-4, the examples of one block.
  @Test
  void tellsItsDigest() {
    assertThat(PackedText.of("abc").sha512())
        .startsWith("ddaf35a193617abacc417349ae204131")
        .hasSize(128);
  }

  /// A word may end where what is read ahead does.
  @Test
  void readsLongTexts() {
    String text = "word \\\" \u20ac ".repeat(100_000);
    assertThat(PackedText.of(text).text()).isEqualTo(text);
  }

  @Test
  void failsAsItsSourceDoes() {
    var failing =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("no more");
          }

          @Override
          public int read(byte[] into, int offset, int length) throws IOException {
            return read();
          }
        };
    assertThatThrownBy(() -> PackedText.of(failing)).hasMessage("no more");
  }
}
