package io.clusterzone.dns.ops.drain;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// The server's readiness for queries, for the directive `ready`. Safe on any thread.
public final class Readiness {
  /// Something that takes time to become ready.
  ///
  /// @param directive its name, which stands in the answer while it is not ready
  /// @param remarks the lines for an operator now; none if all is well
  public record Part(String directive, BooleanSupplier ready, Supplier<List<String>> remarks) {
    /// Something of which there is no more to say.
    public Part(String directive, BooleanSupplier ready) {
      this(directive, ready, List::of);
    }
  }

  /// A report on readiness.
  ///
  /// @param text CoreDNS's first line, `OK` or what is missing, and the remarks behind it
  public record Report(boolean ready, String text) {}

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

  public Report report() {
    String missing = missing();
    var lines = new ArrayList<String>();
    lines.add(missing.isEmpty() ? "OK" : missing);
    parts.forEach(watched -> lines.addAll(watched.part.remarks().get()));
    return new Report(missing.isEmpty(), String.join("\n", lines));
  }

  /// Why it is not ready: the directives it waits for, separated by commas. Empty if it is ready.
  String missing() {
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
