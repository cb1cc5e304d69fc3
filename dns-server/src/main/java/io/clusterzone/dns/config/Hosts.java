package io.clusterzone.dns.config;

import io.clusterzone.k8s.model.IpAddress;
import io.clusterzone.zones.name.Name;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// `hosts`: answers A, AAAA and PTR from a file in the form of `/etc/hosts`, see hosts(5).
///
/// @param file need not exist
/// @param zones at or below which names are answered
/// @param entries the hosts in the Corefile itself, beside those of the file
/// @param ttlSeconds of every record, 1 to 65535
/// @param reverse whether PTR records are made
/// @param reload the time between looks at the file; zero: never again
/// @param fallthrough zones in which a name that is not there is left to the directives that come
///   after this one; empty: none, the root: all
/// @param fallthroughUnsupported whether questions for other types than A, AAAA and PTR are left to
///   them as well, there
public record Hosts(
    Path file,
    List<Name> zones,
    List<Entry> entries,
    int ttlSeconds,
    boolean reverse,
    Duration reload,
    List<Name> fallthrough,
    boolean fallthroughUnsupported)
    implements Directive {
  public static final Path DEFAULT_FILE = Path.of("/etc/hosts");
  public static final int DEFAULT_TTL_SECONDS = 3600;
  public static final int MAX_TTL_SECONDS = 65_535;
  public static final Duration DEFAULT_RELOAD = Duration.ofSeconds(5);

  public Hosts {
    zones = List.copyOf(zones);
    entries = List.copyOf(entries);
    fallthrough = List.copyOf(fallthrough);
  }

  /// One line of a hosts file.
  ///
  /// @param names in lower case, at least one; a first label `*` stands for any one label
  public record Entry(IpAddress address, List<Name> names) {
    public Entry {
      names = List.copyOf(names);
    }
  }
}
