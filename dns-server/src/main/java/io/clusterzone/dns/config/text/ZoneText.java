package io.clusterzone.dns.config.text;

import io.clusterzone.zones.name.Name;
import java.util.List;

/// Zones as a Corefile writes them: names, and prefixes for reverse zones.
public final class ZoneText {
  /// The most zones that the keys of a Corefile, or the words of a line, may mean. A prefix may
  /// mean 128.
  public static final int MAX_ZONES = 10_000;

  private ZoneText() {}

  /// The zones in lower case; more than one only for a prefix that is split.
  ///
  /// @throws IllegalArgumentException if the text is neither a name nor a prefix
  public static List<Name> zones(String text) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException("it is empty; is an environment variable not set?");
    }
    if (ReverseZones.looksLikePrefix(text)) {
      return ReverseZones.of(text);
    }
    if (text.indexOf(',') >= 0) {
      throw new IllegalArgumentException("separate zones by blanks");
    }
    return List.of(Name.parse(text).folded());
  }
}
