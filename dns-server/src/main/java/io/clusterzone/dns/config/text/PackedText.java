package io.clusterzone.dns.config.text;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Reader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/// A text that takes little memory: its octets in UTF-8, deflated (RFC 1951). A Corefile of ten
/// thousand zones is half a megabyte, which the collector would carry from one generation to the
/// next at each look. Texts are equal if their digests are. Immutable.
public final class PackedText {
  private final byte[] deflated;
  private final String sha512;

  private PackedText(byte[] deflated, String sha512) {
    this.deflated = deflated;
    this.sha512 = sha512;
  }

  public static PackedText of(String text) {
    var packing = new Packing();
    packing.append(text);
    return packing.packed();
  }

  /// Reads a text in UTF-8, in which other octets are replaced when it is read back.
  ///
  /// @throws IOException if reading fails
  public static PackedText of(InputStream octets) throws IOException {
    var packing = new Packing();
    octets.transferTo(packing.octets);
    return packing.packed();
  }

  /// Packs a text that comes in parts.
  static final class Packing {
    private final ByteArrayOutputStream deflated = new ByteArrayOutputStream();
    private final MessageDigest digest = digest();
    private final Deflater deflater = new Deflater(Deflater.BEST_SPEED);
    private final OutputStream octets =
        new DigestOutputStream(new DeflaterOutputStream(deflated, deflater), digest);
    private final OutputStreamWriter writer =
        new OutputStreamWriter(octets, StandardCharsets.UTF_8);

    void append(CharSequence text) {
      try {
        writer.append(text);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /// The whole text; once.
    PackedText packed() {
      try {
        writer.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } finally {
        deflater.end();
      }
      return new PackedText(deflated.toByteArray(), HexFormat.of().formatHex(digest.digest()));
    }

    private static MessageDigest digest() {
      try {
        return MessageDigest.getInstance("SHA-512");
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every Java has SHA-512", e);
      }
    }
  }

  /// Reads the text from its beginning. The octets read stand in memory: there is nothing to close.
  Reader reader() {
    return new InputStreamReader(
        new InflaterInputStream(new ByteArrayInputStream(deflated)), StandardCharsets.UTF_8);
  }

  public String text() {
    try (Reader reader = reader()) {
      var text = new StringWriter();
      reader.transferTo(text);
      return text.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Its SHA-512, in hexadecimal digits.
  public String sha512() {
    return sha512;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PackedText text && text.sha512.equals(sha512);
  }

  @Override
  public int hashCode() {
    return sha512.hashCode();
  }

  @Override
  public String toString() {
    return text();
  }
}
