package io.clusterzone.dns.deploy;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/// Parts of parsed YAML by their paths, such as `spec template spec`.
final class Tree {
  private Tree() {}

  /// The maps at a path, going through lists; none if it leads nowhere.
  @SuppressWarnings("unchecked")
  static List<Map<String, Object>> maps(Object root, String path) {
    return values(root, path).stream()
        .filter(Map.class::isInstance)
        .map(value -> (Map<String, Object>) value)
        .toList();
  }

  static List<String> texts(Object root, String path) {
    return values(root, path).stream().map(String::valueOf).toList();
  }

  static List<Integer> numbers(Object root, String path) {
    return values(root, path).stream().map(Integer.class::cast).toList();
  }

  static String text(Object root, String path) {
    List<String> texts = texts(root, path);
    return texts.isEmpty() ? "" : texts.getFirst();
  }

  static List<Object> values(Object root, String path) {
    Stream<?> found = Stream.of(root);
    for (String step : path.split(" ", -1)) {
      found = found.flatMap(Tree::flat).flatMap(value -> child(value, step));
    }
    return found.flatMap(Tree::flat).<Object>map(value -> value).toList();
  }

  private static Stream<?> flat(Object value) {
    return value instanceof List<?> list ? list.stream() : Stream.of(value);
  }

  private static Stream<?> child(Object value, String step) {
    return value instanceof Map<?, ?> map ? Stream.ofNullable(map.get(step)) : Stream.of();
  }

  /// Every scalar below, as text.
  static Stream<String> leaves(Object root) {
    return switch (root) {
      case Map<?, ?> map -> map.values().stream().filter(Objects::nonNull).flatMap(Tree::leaves);
      case List<?> list -> list.stream().flatMap(Tree::leaves);
      default -> Stream.of(root.toString());
    };
  }
}
