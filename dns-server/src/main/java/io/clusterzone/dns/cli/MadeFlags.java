package io.clusterzone.dns.cli;

import io.clusterzone.dns.config.MadeRanges;
import io.clusterzone.k8s.made.AddressRange;
import io.clusterzone.k8s.made.MadeOptions;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What a command makes up beside what its manifests say.
final class MadeFlags {
  @Option(
      names = "--service-cidr",
      paramLabel = "CIDR[,CIDR]",
      description = {
        "With --manifests: where Services without a cluster IP get one, as the API server would give it;",
        "none: nowhere. Default: 10.96.0.0/16,fd00:10:96::/112"
      })
  @Nullable String serviceCidr;

  boolean isGiven() {
    return serviceCidr != null;
  }

  /// What the flags say, or what is made up of manifests that somebody serves by hand.
  ///
  /// @throws CommandFailure if a range is none
  MadeOptions options() {
    var options =
        new MadeOptions(
            ranges("--service-cidr", serviceCidr, MadeOptions.SERVICE_RANGES),
            List.of(),
            MadeOptions.DEFAULT_NODES,
            serviceCidr != null);
    String fault = MadeRanges.fault(options);
    if (!fault.isEmpty()) {
      throw CommandFailure.usage(fault);
    }
    return options;
  }

  private static List<AddressRange> ranges(
      String flag, @Nullable String text, List<AddressRange> otherwise) {
    try {
      return text == null ? otherwise : MadeRanges.parse(text);
    } catch (IllegalArgumentException e) {
      throw CommandFailure.usage(
          "%s takes a range such as %s, or none, not %s: %s"
              .formatted(flag, otherwise.getFirst(), text, e.getMessage()));
    }
  }
}
