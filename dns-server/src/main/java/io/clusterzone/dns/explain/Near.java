package io.clusterzone.dns.explain;

import io.clusterzone.k8s.problem.Nearest;
import io.clusterzone.zones.name.Name;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Names that may be told to a client: each is asked of the server's own plan first, as the client
/// would, so that none is told that a policy hides. For one explanation.
final class Near {
  /// The most names that are asked for one explanation; those after them are not told.
  private static final int MOST_ASKED = 20;

  private static final int MOST_NAMED = 3;

  private final Predicate<Name> isSeen;
  private final Map<Name, Boolean> asked = new HashMap<>();

  /// @param isSeen whether the client gets NOERROR for the name
  Near(Predicate<Name> isSeen) {
    this.isSeen = isSeen;
  }

  boolean isSeen(@Nullable Name name) {
    if (name == null || (asked.size() >= MOST_ASKED && !asked.containsKey(name))) {
      return false;
    }
    return asked.computeIfAbsent(name, isSeen::test);
  }

  /// The name as text if the client sees it; else the empty string.
  String suggestion(@Nullable Name name) {
    return isSeen(name) && name != null ? name.toString() : "";
  }

  /// The word among those there are that was probably meant; empty if none is near.
  static String word(String word, Collection<String> known) {
    return Nearest.of(word, known, Math.max(1, word.length() / 3));
  }

  /// `a`, `b` and 7 more.
  static String list(Collection<String> words) {
    List<String> first = words.stream().limit(MOST_NAMED).toList();
    int more = words.size() - first.size();
    String text = first.stream().map("`%s`"::formatted).collect(Collectors.joining(", "));
    return more > 0 ? text + " and " + more + " more" : text;
  }
}
