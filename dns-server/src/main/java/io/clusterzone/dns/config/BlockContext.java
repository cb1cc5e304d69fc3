package io.clusterzone.dns.config;

import io.clusterzone.zones.name.Name;
import java.util.List;

/// What the reader of a directive knows of its surroundings.
///
/// @param zones of the keys of the server block
/// @param files where files are read that mean something at once, such as `/etc/resolv.conf`
record BlockContext(List<Name> zones, ParseOptions options, TextFiles files, Problems problems) {
  BlockContext {
    zones = List.copyOf(zones);
  }

  Arguments arguments(Line line) {
    return new Arguments(line, line.name(), problems);
  }
}
