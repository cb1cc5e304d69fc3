package io.clusterzone.dns.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;

/// Files of the file system. The directories that a ConfigMap's mount holds beside its files are no
/// match of a wildcard.
final class DiskFiles implements TextFiles {
  /// A ConfigMap holds at most 1 MiB in all; nobody writes a longer Corefile by hand.
  static final int MAX_OCTETS = 1 << 20;

  /// How many files one wildcard may mean.
  static final int MAX_MATCHES = 1000;

  @Override
  public List<Path> find(Path pattern) throws IOException {
    if (!hasWildcard(pattern)) {
      if (!Files.exists(pattern)) {
        throw new NoSuchFileException(pattern.toString());
      }
      if (!Files.isRegularFile(pattern)) {
        throw new IOException("it is not a regular file");
      }
      return List.of(pattern);
    }
    Path root = pattern.getRoot();
    List<Path> found = List.of(root == null ? Path.of("") : root);
    for (Path part : pattern) {
      found = matchesBelow(found, part);
    }
    return found.stream().filter(file -> Files.isRegularFile(file)).sorted().toList();
  }

  private static List<Path> matchesBelow(List<Path> directories, Path part) throws IOException {
    var matches = new ArrayList<Path>();
    for (Path directory : directories) {
      if (!hasWildcard(part)) {
        Path next = directory.resolve(part);
        if (Files.exists(next, LinkOption.NOFOLLOW_LINKS)) {
          matches.add(next);
        }
      } else if (Files.isDirectory(directory)) {
        addMatches(directory, part, matches);
      }
    }
    return matches;
  }

  private static void addMatches(Path directory, Path part, List<Path> matches) throws IOException {
    PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + escaped(part));
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        Path name = entry.getFileName();
        if (name != null && matcher.matches(name)) {
          if (matches.size() == MAX_MATCHES) {
            throw new IOException("it means more than " + MAX_MATCHES + " files");
          }
          matches.add(directory.resolve(name));
        }
      }
    }
  }

  /// `*` and `?` alone are wildcards here; Java knows more.
  private static String escaped(Path part) {
    return part.toString().replaceAll("[\\\\\\[\\]{}!]", "\\\\$0");
  }

  private static boolean hasWildcard(Path path) {
    String text = path.toString();
    return text.indexOf('*') >= 0 || text.indexOf('?') >= 0;
  }

  @Override
  public String read(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new IOException("it is a directory");
    }
    try (InputStream stream = Files.newInputStream(file)) {
      byte[] octets = stream.readNBytes(MAX_OCTETS + 1);
      if (octets.length > MAX_OCTETS) {
        throw new IOException("it is longer than " + MAX_OCTETS + " octets");
      }
      return new String(octets, StandardCharsets.UTF_8);
    }
  }
}
