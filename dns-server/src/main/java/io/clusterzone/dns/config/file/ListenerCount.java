package io.clusterzone.dns.config.file;

import io.clusterzone.dns.config.Bind;
import io.clusterzone.dns.config.BlockKey;
import io.clusterzone.dns.config.Corefile;
import io.clusterzone.dns.config.Multisocket;
import io.clusterzone.dns.config.ServerBlock;
import io.clusterzone.dns.config.text.Problems;
import io.clusterzone.dns.config.text.Token;
import io.clusterzone.k8s.file.Limit;
import io.clusterzone.k8s.problem.ProblemKind;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Counts the listeners of a Corefile: only so many fit into the heap.
///
/// Each has sockets of its own on each event loop. While a Corefile is taken in place of another,
/// the listeners of both may be there, so they get no more than a part of the heap ([Limit]).
final class ListenerCount {
  /// Octets of heap that an event loop takes.
  private static final int LOOP = 128 << 10;

  /// Octets of heap that a listener takes on an event loop; measured: 6,400 with one address,
  /// 16,000 without `bind` on a host of five.
  private static final int LISTENER = 16 << 10;

  private final Problems problems;

  /// The listeners, and where the first block of each stands.
  private final Map<Place, Token> listeners = new LinkedHashMap<>();

  /// @param address null for all of them
  private record Place(@Nullable InetAddress address, int port) {}

  ListenerCount(Problems problems) {
    this.problems = problems;
  }

  void add(BlockKey key, Token at, ServerBlock block) {
    Bind bind = block.find(Bind.class);
    if (bind == null) {
      listeners.putIfAbsent(new Place(null, key.port()), at);
      return;
    }
    for (InetAddress address : bind.addresses()) {
      listeners.putIfAbsent(new Place(address, key.port()), at);
    }
  }

  /// Adds a problem if there are more than fit.
  void check(Corefile corefile) {
    int loops = Multisocket.loops(corefile);
    long most = Math.max(0, (Limit.LISTENER_MEMORY.value() / loops - LOOP) / LISTENER);
    if (listeners.size() > most) {
      Token first = List.copyOf(listeners.values()).get((int) most);
      problems.add(
          ProblemKind.TOO_MANY_LISTENERS,
          first,
          """
          server block "%s": the file has %,d listeners, and at most %,d fit into the heap with %,d \
          event loops; give it more memory, or fewer sockets with multisocket\
          """
              .formatted(first.text(), listeners.size(), most, loops));
    }
  }
}
