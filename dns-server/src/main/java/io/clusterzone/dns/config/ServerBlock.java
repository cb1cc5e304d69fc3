package io.clusterzone.dns.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One server block: its keys, and its directives, each kind at most once.
public record ServerBlock(List<BlockKey> keys, List<Directive> directives) {
  public ServerBlock {
    keys = List.copyOf(keys);
    directives = List.copyOf(directives);
  }

  /// The directive of one kind, or null if the block does not have it.
  public <D extends Directive> @Nullable D find(Class<D> kind) {
    for (Directive directive : directives) {
      if (kind.isInstance(directive)) {
        return kind.cast(directive);
      }
    }
    return null;
  }

  public boolean has(Class<? extends Directive> kind) {
    return find(kind) != null;
  }
}
