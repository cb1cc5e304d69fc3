package io.clusterzone.k8s.source.object;

import io.clusterzone.k8s.source.yaml.FieldReader;
import io.clusterzone.k8s.source.yaml.YamlNode.Mapping;
import org.jspecify.annotations.Nullable;

/// An object of the same namespace that another belongs to.
public record Owner(String kind, String name) {
  public static final Owner NONE = new Owner("", "");

  /// The controller among an object's owners.
  static Owner read(Metadata metadata, FieldReader fields) {
    for (Mapping owner : fields.mappings(metadata.fields(), "ownerReferences")) {
      if (fields.bool(owner, "controller", false)) {
        return new Owner(fields.text(owner, "kind"), fields.text(owner, "name"));
      }
    }
    return NONE;
  }

  /// The Deployment that a ReplicaSet of this name was made for, or null.
  public @Nullable Owner deployment() {
    int hash = name.lastIndexOf('-');
    return kind.equals("ReplicaSet") && hash > 0
        ? new Owner("Deployment", name.substring(0, hash))
        : null;
  }
}
