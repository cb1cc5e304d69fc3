package io.clusterzone.dns.config.file;

import io.clusterzone.dns.config.Corefile;
import io.clusterzone.dns.config.ServerBlock;
import java.util.List;

/// The server blocks of the Corefile before, to be taken for those of the next that say the same.
/// Of ten thousand few change: those that do not take no memory again, and who works with them sees
/// that they have not changed.
///
/// Both are walked side by side, each block is taken once, and so many blocks may have gone in one
/// place; after more the ones that follow are new.
final class KnownBlocks {
  private static final int MOST_GONE = 256;

  private final List<ServerBlock> before;
  private int at;

  KnownBlocks(Corefile before) {
    this.before = before.blocks();
  }

  /// The block of the Corefile before that says the same; the given one if there is none.
  ServerBlock same(ServerBlock block) {
    int end = Math.min(before.size(), at + MOST_GONE);
    for (int i = at; i < end; i++) {
      if (before.get(i).equals(block)) {
        at = i + 1;
        return before.get(i);
      }
    }
    return block;
  }
}
