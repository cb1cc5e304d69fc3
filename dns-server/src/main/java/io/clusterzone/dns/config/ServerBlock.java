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

  /// Whether no directive has a part in answering. Its queries are refused then; where one has, but
  /// none answers, the server has failed (as in CoreDNS, whose chain of plugins is empty or ends).
  public boolean refuses() {
    return directives.stream().noneMatch(Directive::hasPart);
  }

  public boolean has(Class<? extends Directive> kind) {
    return find(kind) != null;
  }
}
