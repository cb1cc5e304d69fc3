package io.clusterzone.k8s.source.yaml;

import io.clusterzone.k8s.schema.KindFields;
import io.clusterzone.k8s.source.yaml.YamlNode.Mapping;
import io.clusterzone.k8s.source.yaml.YamlNode.Scalar;
import io.clusterzone.k8s.source.yaml.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Collects the fields of one mapping; a field of its own beats a merged one (`<<`). Used by one
/// thread for one file.
final class MappingBuilder {
  private static final int MAX_UNKNOWN = 20;

  /// Letters of a name that may be a misspelt one.
  private static final int MAX_NAME = 60;

  private final YamlReader.Handler handler;
  private final Map<String, YamlNode> own = new HashMap<>(8);
  private final List<Mapping> merged = new ArrayList<>(0);
  private final List<Scalar> unknown = new ArrayList<>(0);
  private long size = 1;

  MappingBuilder(YamlReader.Handler handler) {
    this.handler = handler;
  }

  void put(Scalar key, YamlNode value) {
    size += 1 + value.size();
    if (own.put(key.text(), value) != null) {
      handler.duplicate(key);
    }
  }

  /// Remembers a key that is skipped and that no object has; one that says more than a few of them
  /// is no object.
  void skipped(Scalar key) {
    if (unknown.size() < MAX_UNKNOWN
        && key.text().length() <= MAX_NAME
        && !KindFields.isKnown(key.text())) {
      unknown.add(key);
    }
  }

  void merge(YamlNode value) {
    size += value.size();
    switch (value) {
      case Mapping mapping -> merged.add(mapping);
      case Sequence sequence -> sequence.items().forEach(this::mergeMapping);
      case Scalar _ -> {}
    }
  }

  private void mergeMapping(YamlNode value) {
    if (value instanceof Mapping mapping) {
      merged.add(mapping);
    }
  }

  Mapping build(int line, int column) {
    for (Mapping mapping : merged) {
      mapping.fields().forEach(own::putIfAbsent);
    }
    return new Mapping(own, unknown.isEmpty() ? List.of() : unknown, size, line, column);
  }
}
