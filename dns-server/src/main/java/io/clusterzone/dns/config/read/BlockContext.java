package io.clusterzone.dns.config.read;

import io.clusterzone.dns.config.text.Arguments;
import io.clusterzone.dns.config.text.Line;
import io.clusterzone.dns.config.text.ParseOptions;
import io.clusterzone.dns.config.text.Problems;
import io.clusterzone.dns.config.text.TextFiles;
import io.clusterzone.zones.name.Name;
import java.util.List;

/// The surroundings of a directive, for its reader.
///
/// @param zones of the keys of the server block
/// @param files where files are read that mean something at once, such as `/etc/resolv.conf`
public record BlockContext(
    List<Name> zones, ParseOptions options, TextFiles files, Problems problems) {
  public BlockContext {
    zones = List.copyOf(zones);
  }

  Arguments arguments(Line line) {
    return new Arguments(line, line.name(), problems);
  }
}
