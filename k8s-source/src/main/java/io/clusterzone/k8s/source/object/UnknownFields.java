package io.clusterzone.k8s.source.object;

import io.clusterzone.k8s.problem.Nearest;
import io.clusterzone.k8s.problem.ProblemKind;
import io.clusterzone.k8s.schema.KindFields;
import io.clusterzone.k8s.source.yaml.FieldReader;
import io.clusterzone.k8s.source.yaml.YamlNode;
import io.clusterzone.k8s.source.yaml.YamlNode.Mapping;
import io.clusterzone.k8s.source.yaml.YamlNode.Sequence;

/// Finds the fields of an object that its kind does not have: misspelt, or at the wrong level. Used
/// by one thread for one file.
final class UnknownFields {
  /// The usual prefix of a value that is there to be repeated by aliases.
  private static final String AUTHORS_OWN = "x-";

  private final FieldReader fields;

  UnknownFields(FieldReader fields) {
    this.fields = fields;
  }

  /// Warns of those of one part and all below it.
  ///
  /// @param part the kind, and the path behind it
  void check(YamlNode node, String part) {
    KindFields known = KindFields.of(part);
    if (known.isAnything()) {
      return;
    }
    switch (node) {
      case Mapping mapping -> {
        mapping.unknown().forEach(key -> warn(key, key.text(), part, known));
        mapping
            .fields()
            .forEach((name, value) -> {
              if (known.names().contains(name)) {
                check(value, part + " " + name);
              } else {
                warn(value, name, part, known);
              }
            });
      }
      case Sequence sequence -> sequence.items().forEach(item -> check(item, part));
      case YamlNode.Scalar _ -> {}
    }
  }

  private void warn(YamlNode place, String name, String part, KindFields known) {
    String near = Nearest.of(name, known.names(), 1);
    if (name.startsWith(AUTHORS_OWN) || (near.isEmpty() && !known.closed())) {
      return;
    }
    String[] words = part.split(" ", 2);
    String shown = FieldReader.shorten(name);
    fields.warning(
        ProblemKind.UNKNOWN_FIELD,
        place,
        "%s (%s)".formatted(shown, fields.origin(place)),
        "%s: a %s has no such field%s%s"
            .formatted(
                shown,
                words[0],
                words.length == 1 ? "" : " in " + words[1].replace(' ', '.'),
                near.isEmpty() ? "" : "; did you mean \"" + near + "\"?"));
  }
}
