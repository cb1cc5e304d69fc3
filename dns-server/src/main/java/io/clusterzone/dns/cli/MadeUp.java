package io.clusterzone.dns.cli;

import io.clusterzone.k8s.model.IpAddress;
import io.clusterzone.k8s.model.ReverseName;
import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.record.Rdata;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/// The comment behind a record of a made-up address.
final class MadeUp implements BiFunction<Name, Rdata, String> {
  private static final String MADE_UP = "made up";

  private final Set<IpAddress> addresses;
  private final Set<Name> reverseNames;

  MadeUp(Set<IpAddress> addresses) {
    this.addresses = addresses;
    this.reverseNames = addresses.stream().map(ReverseName::of).collect(Collectors.toSet());
  }

  @Override
  public String apply(Name owner, Rdata rdata) {
    boolean made =
        switch (rdata) {
          case Rdata.A(int address) -> addresses.contains(IpAddress.v4(address));
          case Rdata.Aaaa(long high, long low) -> addresses.contains(IpAddress.v6(high, low));
          case Rdata.Ptr _ -> reverseNames.contains(owner);
          default -> false;
        };
    return made ? MADE_UP : "";
  }
}
