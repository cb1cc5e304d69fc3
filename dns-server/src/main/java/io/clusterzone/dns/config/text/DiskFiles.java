package io.clusterzone.dns.config.text;

import io.clusterzone.k8s.file.Limit;
import io.clusterzone.k8s.file.RegularFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;

/// Files of the file system. The directories that a ConfigMap's mount holds beside its files are no
/// match of a wildcard.
public final class DiskFiles implements TextFiles {
  /// The most files that one wildcard may mean.
  static final int MAX_MATCHES = 1000;

  @Override
  public List<Path> find(Path pattern) throws IOException {
    if (!hasWildcard(pattern)) {
      RegularFile.check(pattern);
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
    return RegularFile.text(file, Limit.CONFIGURATION_OCTETS);
  }

  @Override
  public PackedText pack(Path file) throws IOException {
    try (InputStream octets = RegularFile.open(file, Limit.CONFIGURATION_OCTETS)) {
      return PackedText.of(octets);
    }
  }
}
