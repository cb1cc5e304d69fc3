package io.clusterzone.k8s.source.cluster;

import io.clusterzone.k8s.model.ClusterObject.Namespace;
import io.clusterzone.k8s.model.Kind;
import io.clusterzone.k8s.model.ObjectKey;
import io.clusterzone.k8s.source.object.Manifest;
import io.clusterzone.k8s.source.object.NamespaceLabels;
import io.clusterzone.k8s.text.LabelSelector;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The existing namespaces: those defined, and those that any file mentions. Confined to the
/// source's thread.
final class Namespaces {
  private final Definitions definitions;
  private final LabelSelector selector;
  private final Map<String, Integer> mentions = new HashMap<>();
  private final Set<String> touched = new HashSet<>();

  Namespaces(Definitions definitions, LabelSelector selector) {
    this.definitions = definitions;
    this.selector = selector;
  }

  void touch(String name) {
    touched.add(name);
  }

  void mention(String name, int files) {
    mentions.merge(name, files, Integer::sum);
    mentions.remove(name, 0);
    touched.add(name);
  }

  void settle(Served served) {
    for (String name : touched) {
      if (exists(name)) {
        served.put(new Namespace(name));
      } else {
        served.remove(Kind.NAMESPACE, new ObjectKey("", name));
      }
    }
    touched.clear();
  }

  private boolean exists(String name) {
    var id = new Manifest.Identity(Manifest.Kind.NAMESPACE, new ObjectKey("", name));
    @Nullable Manifest defined = definitions.get(id);
    return defined instanceof Manifest.NamespaceManifest namespace
        ? namespace.selected()
        : mentions.containsKey(name) && selector.matches(NamespaceLabels.of(name, Map.of()));
  }
}
