package io.clusterzone.k8s.api;

import io.clusterzone.k8s.model.Kind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The resources to watch for given options: never more than the options need, so that the account
/// can be given as little.
final class WatchPlan {
  /// For more namespaces than these, one watch over all costs less than one for each.
  private static final int MOST_NAMESPACES = 8;

  /// Without a selector the slices of a Service, headless or not, are an author's own or mirrored
  /// from an Endpoints object, which lacks the label of headless ones.
  private static final String MADE_OF_SELECTOR =
      "endpointslice.kubernetes.io/managed-by=endpointslice-controller.k8s.io";

  private static final String NOT_MADE_OF_SELECTOR = MADE_OF_SELECTOR.replace("=", "!=");
  private static final String HEADLESS = "service.kubernetes.io/headless";
  private static final String IMPORTED = "multicluster.kubernetes.io/service-name";
  private static final String RUNNING =
      "status.phase!=Succeeded,status.phase!=Failed,status.phase!=Unknown";

  private final ApiOptions options;

  private WatchPlan(ApiOptions options) {
    this.options = options;
  }

  /// The resources of each kind, no two of which share an object.
  static Map<Kind, List<Resource>> of(ApiOptions options) {
    return new WatchPlan(options).plan();
  }

  /// One line for operators: the watches, and what they leave out or could.
  static String announce(ApiOptions options) {
    var plan = new WatchPlan(options);
    return "watching "
        + plan.plan().keySet().stream().map(plan::name).collect(Collectors.joining(", "))
        + plan.scope();
  }

  private String name(Kind kind) {
    String plural = Resource.plural(kind);
    return kind == Kind.ENDPOINT_SLICE ? plural + " (" + sliceScope() + ")" : plural;
  }

  private String sliceScope() {
    return options.endpoints() == ApiOptions.Endpoints.ALL
        ? "all; endpoints auto would spare those of ClusterIP Services, and with them their"
            + " endpoint and reverse names"
        : "of headless Services, and those that are not made of a selector; other Services have no"
            + " endpoint names and no reverse names of endpoints";
  }

  private String scope() {
    List<String> names = scopes().toList();
    return (names.equals(List.of("")) ? "" : " in " + String.join(", ", names))
        + (options.labels().isEmpty() ? "" : " with the labels " + options.labels());
  }

  /// The resources that are watched, as one text.
  static String describe(ApiOptions options) {
    return of(options).values().stream()
        .flatMap(List::stream)
        .map(Resource::toString)
        .collect(Collectors.joining(", ", "watching ", ""));
  }

  private Map<Kind, List<Resource>> plan() {
    Map<Kind, List<Resource>> plan = new EnumMap<>(Kind.class);
    plan.put(Kind.NAMESPACE, namespaces());
    plan.put(Kind.SERVICE, everywhere(Kind.SERVICE, options.labels(), ""));
    if (options.endpoints() != ApiOptions.Endpoints.NONE) {
      plan.put(Kind.ENDPOINT_SLICE, slices());
    }
    if (options.pods()) {
      plan.put(Kind.POD, everywhere(Kind.POD, options.labels(), RUNNING));
    }
    if (options.multicluster()) {
      plan.put(Kind.SERVICE_IMPORT, everywhere(Kind.SERVICE_IMPORT, "", ""));
    }
    return plan;
  }

  private List<Resource> namespaces() {
    return scopes()
        .map(name ->
            new Resource(
                Kind.NAMESPACE,
                "",
                options.namespaceLabels(),
                name.isEmpty() ? "" : "metadata.name=" + name,
                false))
        .toList();
  }

  private List<Resource> slices() {
    if (options.endpoints() == ApiOptions.Endpoints.ALL) {
      return everywhere(Kind.ENDPOINT_SLICE, options.labels(), "");
    }
    var selectors = new ArrayList<String>();
    selectors.add(HEADLESS);
    selectors.add("!" + HEADLESS + "," + NOT_MADE_OF_SELECTOR);
    if (options.multicluster()) {
      selectors.add("!" + HEADLESS + "," + MADE_OF_SELECTOR + "," + IMPORTED);
    }
    return selectors.stream()
        .map(selector -> options.labels().isEmpty() ? selector : options.labels() + "," + selector)
        .flatMap(selector -> everywhere(Kind.ENDPOINT_SLICE, selector, "").stream())
        .toList();
  }

  private List<Resource> everywhere(Kind kind, String labels, String fields) {
    return scopes()
        .map(namespace -> new Resource(kind, namespace, labels, fields, options.podNames()))
        .toList();
  }

  /// The namespaces to watch one by one, or the empty name for all together.
  private Stream<String> scopes() {
    List<String> names = options.namespaces();
    boolean oneByOne = !names.isEmpty() && names.size() <= MOST_NAMESPACES;
    return oneByOne ? names.stream().distinct() : Stream.of("");
  }
}
