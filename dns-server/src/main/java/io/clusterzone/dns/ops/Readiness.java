package io.clusterzone.dns.ops;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/// Whether the server is ready for queries, as the directive `ready` tells. Safe on any thread.
public final class Readiness {
  /// Something that takes time to become ready.
  ///
  /// @param directive its name, which stands in the answer while it is not ready
  public record Part(String directive, BooleanSupplier ready) {}

  /// A part, and whether it has been ready once.
  private record Watched(Part part, AtomicBoolean done) {}

  private final List<Watched> parts;
  private final boolean continuously;
  private final DrainState drain;

  /// @param continuously whether a part that was ready is asked again
  public Readiness(List<Part> parts, boolean continuously, DrainState drain) {
    this.parts = parts.stream().map(part -> new Watched(part, new AtomicBoolean())).toList();
    this.continuously = continuously;
    this.drain = drain;
  }

  /// Why it is not ready: the directives it waits for, separated by commas. Empty if it is ready.
  public String missing() {
    if (drain.draining()) {
      return "shutting down";
    }
    return parts.stream()
        .filter(watched -> !ready(watched))
        .map(watched -> watched.part.directive())
        .distinct()
        .collect(Collectors.joining(","));
  }

  private boolean ready(Watched watched) {
    if (!continuously && watched.done.get()) {
      return true;
    }
    boolean ready = watched.part.ready().getAsBoolean();
    if (ready) {
      watched.done.set(true);
    }
    return ready;
  }
}
