package io.clusterzone.k8s.source.yaml;

import java.util.List;
import java.util.Map;

/// A piece of a YAML document, cut to the fields that [WantedFields] names. Immutable once built.
///
/// Lines and columns count from 1. `size` is the number of nodes with every alias written out.
public sealed interface YamlNode {
  int line();

  int column();

  long size();

  /// Text. `plain` means without quotes, so that YAML may read it as a number, a boolean or null.
  record Scalar(String text, boolean plain, int line, int column) implements YamlNode {
    @Override
    public long size() {
      return 1;
    }
  }

  record Sequence(List<YamlNode> items, long size, int line, int column) implements YamlNode {}

  /// `unknown` are keys that were skipped and that no object has.
  record Mapping(
      Map<String, YamlNode> fields, List<Scalar> unknown, long size, int line, int column)
      implements YamlNode {}
}
