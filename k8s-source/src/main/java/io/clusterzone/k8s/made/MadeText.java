package io.clusterzone.k8s.made;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Says how much was made up, in a sentence.
public final class MadeText {
  private MadeText() {}

  /// Empty for nothing. Pods have addresses of every family, and those are named that Services
  /// have.
  public static String of(MadeAddresses services, MadeAddresses pods) {
    List<String> subjects = new ArrayList<>();
    if (services.owners() > 0) {
      subjects.add(count(services.owners(), "Service"));
    }
    if (pods.owners() > 0) {
      subjects.add(count(pods.owners(), "Pod"));
    }
    if (subjects.isEmpty()) {
      return "";
    }
    List<AddressRange> ranges = new ArrayList<>(services.rangesInUse());
    Set<IpFamily> families = ranges.stream().map(AddressRange::family).collect(Collectors.toSet());
    pods.rangesInUse().stream()
        .filter(range -> families.isEmpty() || families.contains(range.family()))
        .forEach(ranges::add);
    boolean one = services.owners() + pods.owners() == 1;
    return "%s %s from %s"
        .formatted(
            String.join(" and ", subjects),
            one ? "has a made-up address" : "have made-up addresses",
            list(ranges));
  }

  private static String count(int number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }

  private static String list(List<AddressRange> ranges) {
    List<String> texts = ranges.stream().map(AddressRange::toString).toList();
    int last = texts.size() - 1;
    return last == 0
        ? texts.getFirst()
        : String.join(", ", texts.subList(0, last)) + " and " + texts.get(last);
  }
}
