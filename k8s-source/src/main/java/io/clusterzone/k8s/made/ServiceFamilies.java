package io.clusterzone.k8s.made;

import java.util.ArrayList;
import java.util.List;

/// The families of a Service's addresses and endpoints, as the API server settles them.
///
/// @param policy `ipFamilyPolicy`, empty where it is not given
/// @param families `ipFamilies`
/// @param addressed the families of its cluster IPs, in their order
/// @param headless whether its cluster IP is `None`
/// @param selecting whether it has a selector
public record ServiceFamilies(
    String policy,
    List<IpFamily> families,
    List<IpFamily> addressed,
    boolean headless,
    boolean selecting) {
  private static final String SINGLE = "SingleStack";
  private static final String REQUIRED = "RequireDualStack";

  public ServiceFamilies {
    families = List.copyOf(families);
    addressed = List.copyOf(addressed);
  }

  /// The families in a cluster that has `configured` ones, the default first.
  ///
  /// A Service that lists as many families as it has addresses was settled before, by the cluster
  /// that printed it: "We don't want to auto-upgrade" such a one.
  public List<IpFamily> in(List<IpFamily> configured) {
    List<IpFamily> settled = new ArrayList<>(families);
    addressed.stream().skip(families.size()).forEach(settled::add);
    if (settled.isEmpty()) {
      settled.add(configured.getFirst());
    }
    boolean printed = !addressed.isEmpty() && addressed.size() == families.size();
    boolean both = (headless && !selecting) || configured.size() == 2;
    boolean wanted =
        policy.equals(REQUIRED) || (!printed && !effectivePolicy().equals(SINGLE) && both);
    if (settled.size() == 1 && wanted) {
      settled.add(settled.getFirst().other());
    }
    return List.copyOf(settled.subList(0, Math.min(2, settled.size())));
  }

  /// "Special-case: headless + selectorless defaults to dual"; everything else to single.
  private String effectivePolicy() {
    return !policy.isEmpty() ? policy : headless && !selecting ? REQUIRED : SINGLE;
  }
}
