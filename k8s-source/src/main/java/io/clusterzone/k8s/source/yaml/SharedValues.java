package io.clusterzone.k8s.source.yaml;

import java.util.HashMap;
import java.util.Map;

/// Makes equal values one while files are read: namespaces, zones, names of ports and lists of them
/// repeat a thousandfold. Bounded, so that values which do not repeat cost little. Confined to the
/// thread that reads.
public final class SharedValues {
  private static final int MAX_VALUES = 1 << 16;

  private final Map<Object, Object> known = new HashMap<>();

  /// The value, which is immutable, or one that is equal and was given before.
  @SuppressWarnings("unchecked") // What is equal to a text is a text, to a list a list.
  <T> T one(T value) {
    Object same = known.get(value);
    if (same == null && known.size() < MAX_VALUES) {
      known.put(value, value);
    }
    return same == null ? value : (T) same;
  }
}
