package io.clusterzone.dns.config.file;

import io.clusterzone.dns.config.BlockKey;
import io.clusterzone.dns.config.text.AddressText;
import io.clusterzone.dns.config.text.Problems;
import io.clusterzone.dns.config.text.Token;
import io.clusterzone.dns.config.text.ZoneText;
import io.clusterzone.k8s.problem.ProblemKind;
import io.clusterzone.zones.name.Name;
import java.util.ArrayList;
import java.util.List;

/// Reads the keys of server blocks: `[dns://]ZONE[:PORT]`, where ZONE is a name or a prefix and may
/// be left out before a port.
final class KeyParser {
  private static final String SCHEME_END = "://";
  private static final String SERVED_SCHEME = "dns";
  private static final List<String> OTHER_SCHEMES =
      List.of("tls", "https", "https3", "quic", "grpc");

  /// A key and the word it was read from.
  record Located(BlockKey key, Token at) {}

  private final int defaultPort;
  private final Problems problems;
  private int read;

  KeyParser(int defaultPort, Problems problems) {
    this.defaultPort = defaultPort;
    this.problems = problems;
  }

  List<Located> read(List<Token> words) {
    var keys = new ArrayList<Located>();
    for (Token word : words) {
      try {
        keys(word.text()).forEach(key -> keys.add(new Located(key, word)));
      } catch (IllegalArgumentException e) {
        problems.add(
            ProblemKind.SERVER_BLOCK,
            word,
            "server block \"" + word.text() + "\": " + e.getMessage());
      }
      if (read + keys.size() > ZoneText.MAX_ZONES) {
        problems.add(ProblemKind.SERVER_BLOCK, word, "more than " + ZoneText.MAX_ZONES + " zones");
        break;
      }
    }
    read += keys.size();
    return keys;
  }

  private List<BlockKey> keys(String text) {
    String rest = withoutScheme(text);
    int colon = rest.lastIndexOf(':');
    if (colon >= 0 && colon == rest.length() - 1) {
      throw new IllegalArgumentException("expected a port after the colon");
    }
    boolean hasPort = colon >= 0 && isNumber(rest.substring(colon + 1));
    int port = hasPort ? port(rest.substring(colon + 1)) : defaultPort;
    String zone = hasPort ? rest.substring(0, colon) : rest;
    List<Name> zones = hasPort && zone.isEmpty() ? List.of(Name.ROOT) : ZoneText.zones(zone);
    return zones.stream().map(name -> new BlockKey(name, port)).toList();
  }

  private static String withoutScheme(String text) {
    int end = text.indexOf(SCHEME_END);
    if (end < 0) {
      return text;
    }
    String scheme = text.substring(0, end);
    if (OTHER_SCHEMES.contains(scheme)) {
      throw new IllegalArgumentException(
          "CoreDNS has " + scheme + "://, but this version serves dns:// only; remove the block");
    }
    if (!scheme.equals(SERVED_SCHEME)) {
      throw new IllegalArgumentException("unknown scheme " + scheme + "://; expected dns://");
    }
    return text.substring(end + SCHEME_END.length());
  }

  private static boolean isNumber(String text) {
    return text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private static int port(String text) {
    int port = AddressText.port(text);
    if (port < 0) {
      throw new IllegalArgumentException(
          "a port is 0 to " + AddressText.MAX_PORT + ", not " + text);
    }
    return port;
  }
}
