package io.clusterzone.k8s.api.decode;

import io.clusterzone.k8s.api.decode.Shape.Field;
import org.jspecify.annotations.Nullable;

/// One entry of a map of texts in protobuf: a message of key and value.
final class MapEntry {
  /// No field of it is kept by number: which are kept depends on the key.
  static final Shape SHAPE = Shape.of();

  private static final long KEY = 1;
  private static final long VALUE = 2;

  private final Shape keys;
  private @Nullable Field kept;
  private boolean keySeen;
  private String value = "";
  private long current;

  MapEntry(Shape keys) {
    this.keys = keys;
  }

  void field(long number) {
    current = number;
  }

  /// Whether the field that comes is to be read: the key, and the value of a key that is kept.
  boolean wantsText() {
    return current == KEY || (current == VALUE && (kept != null || !keySeen));
  }

  void text(TextBuffer text) {
    if (current == KEY) {
      keySeen = true;
      kept = keys.byName(text.octets(), text.length());
    } else {
      value = text.text();
    }
  }

  void close(Draft draft) {
    if (kept != null) {
      draft.text(kept.slot, value);
    }
  }
}
