package io.clusterzone.k8s.text;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A Kubernetes label selector, as `kubectl -l` takes it: requirements that must all hold.
/// Immutable.
///
/// `a=b`, `a==b`, `a!=b`, `a in (x,y)`, `a notin (x,y)`, `a` (exists), `!a` (does not), `a>1`,
/// `a<1`. A label that is absent satisfies `!=` and `notin`.
public final class LabelSelector {
  public static final LabelSelector EVERYTHING = new LabelSelector(List.of());

  private final List<Requirement> requirements;

  LabelSelector(List<Requirement> requirements) {
    this.requirements = List.copyOf(requirements);
  }

  /// Reads a selector.
  ///
  /// @throws IllegalArgumentException with what is wrong and where, if the text is not a selector
  public static LabelSelector parse(String text) {
    return new LabelSelectorParser(text).parse();
  }

  public boolean matches(Map<String, String> labels) {
    for (Requirement requirement : requirements) {
      if (!requirement.matches(labels)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof LabelSelector that && requirements.equals(that.requirements);
  }

  @Override
  public int hashCode() {
    return requirements.hashCode();
  }

  /// The selector as it is written, and as the API server takes it.
  @Override
  public String toString() {
    return requirements.stream().map(Requirement::text).collect(Collectors.joining(","));
  }

  /// One condition on one label.
  sealed interface Requirement {
    boolean matches(Map<String, String> labels);

    String text();
  }

  record Exists(String key, boolean wanted) implements Requirement {
    @Override
    public boolean matches(Map<String, String> labels) {
      return labels.containsKey(key) == wanted;
    }

    @Override
    public String text() {
      return wanted ? key : "!" + key;
    }
  }

  record In(String key, Set<String> values, boolean wanted) implements Requirement {
    In {
      values = Set.copyOf(values);
    }

    @Override
    public boolean matches(Map<String, String> labels) {
      @Nullable String value = labels.get(key);
      return (value != null && values.contains(value)) == wanted;
    }

    @Override
    public String text() {
      String list = values.stream().sorted().collect(Collectors.joining(","));
      return key + (wanted ? " in (" : " notin (") + list + ")";
    }
  }

  record Compare(String key, long bound, boolean greater) implements Requirement {
    @Override
    public boolean matches(Map<String, String> labels) {
      @Nullable String value = labels.get(key);
      try {
        long number = value == null ? bound : Long.parseLong(value);
        return greater ? number > bound : number < bound;
      } catch (NumberFormatException _) {
        return false;
      }
    }

    @Override
    public String text() {
      return key + (greater ? " > " : " < ") + bound;
    }
  }
}
