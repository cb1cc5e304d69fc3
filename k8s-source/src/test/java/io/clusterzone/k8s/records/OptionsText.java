package io.clusterzone.k8s.records;

import io.clusterzone.k8s.model.IpAddress;
import io.clusterzone.k8s.model.ReverseName;
import io.clusterzone.k8s.records.SchemaOptions.PodRecords;
import io.clusterzone.zones.name.Name;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;

/// Schema options as words, for tests: `ttl=30 pods=verified zonal own=10.0.0.1,fd00::1`.
final class OptionsText {
  private OptionsText() {}

  static SchemaOptions parse(String line) {
    SchemaOptionsBuilder options = new SchemaOptionsBuilder();
    for (String word : line.strip().split(" +", -1)) {
      int equals = word.indexOf('=');
      if (equals < 0) {
        flag(options, word);
      } else {
        value(options, word.substring(0, equals), word.substring(equals + 1));
      }
    }
    return options.build();
  }

  private static void flag(SchemaOptionsBuilder options, String word) {
    switch (word) {
      case "" -> {}
      case "endpoint-pod-names" -> options.endpointPodNames(true);
      case "ignore-empty-service" -> options.ignoreEmptyService(true);
      case "noendpoints" -> options.noEndpoints(true);
      case "zonal" -> options.zonal(true);
      default -> throw new IllegalArgumentException("no option: " + word);
    }
  }

  private static void value(SchemaOptionsBuilder options, String name, String value) {
    switch (name) {
      case "ttl" -> options.ttlSeconds(Integer.parseInt(value));
      case "pods" -> options.pods(PodRecords.valueOf(value.toUpperCase(Locale.ROOT)));
      case "namespaces" -> options.namespaces(Set.copyOf(list(value, word -> word)));
      case "own" -> options.ownAddresses(list(value, IpAddress::parse));
      case "forward" -> options.forwardZones(list(value, Name::parse));
      case "reverse" -> options.reverseZones(list(value, OptionsText::reverseZone));
      case "multicluster" -> options.multiclusterZones(list(value, Name::parse));
      default -> throw new IllegalArgumentException("no option: " + name);
    }
  }

  private static Name reverseZone(String word) {
    int slash = word.indexOf('/');
    return slash < 0
        ? Name.parse(word)
        : ReverseName.zone(
            IpAddress.parse(word.substring(0, slash)), Integer.parseInt(word.substring(slash + 1)));
  }

  private static <T> List<T> list(String value, Function<String, T> read) {
    return value.isEmpty() ? List.of() : List.of(value.split(",", -1)).stream().map(read).toList();
  }
}
