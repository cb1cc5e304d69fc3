package io.clusterzone.k8s.source;

import io.clusterzone.k8s.file.Limit;
import io.clusterzone.k8s.file.RegularFile;
import io.clusterzone.k8s.source.object.ManifestOptions;
import io.clusterzone.k8s.source.object.ManifestParser;
import io.clusterzone.k8s.source.object.ParsedFile;
import io.clusterzone.k8s.source.yaml.BrokenFileException;
import io.clusterzone.k8s.source.yaml.SharedValues;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Reader;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.snakeyaml.engine.v2.api.YamlUnicodeReader;

/// Reads a file's content: its hash, and what it says. The content is streamed, so a large file
/// needs no memory of its size.
final class FileContent {
  private FileContent() {}

  static FileHash hash(Path path) throws IOException {
    MessageDigest digest = sha256();
    try (InputStream in =
        new DigestInputStream(RegularFile.open(path, Limit.MANIFEST_OCTETS), digest)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    return FileHash.of(digest.digest());
  }

  static ParsedFile parse(Path path, ManifestOptions options, SharedValues shared)
      throws IOException, BrokenFileException {
    return parse(
        path.toString(), () -> RegularFile.open(path, Limit.MANIFEST_OCTETS), options, shared);
  }

  /// Opens the same content anew.
  interface Source {
    InputStream open() throws IOException;
  }

  static ParsedFile parse(String file, Source source, ManifestOptions options, SharedValues shared)
      throws IOException, BrokenFileException {
    try (Reader text = new YamlUnicodeReader(source.open())) {
      return ManifestParser.parse(file, text, options, shared);
    } catch (BrokenFileException e) {
      BrokenFileException placed = e.isPlaced() ? e : TextFault.locate(source, e);
      throw TextFault.isTemplate(source) ? placed.ofTemplate() : placed;
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
