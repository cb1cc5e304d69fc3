package io.clusterzone.dns.server;

import io.clusterzone.dns.config.Corefile;
import io.clusterzone.dns.config.Kubernetes;
import io.clusterzone.dns.config.ServerBlock;
import io.clusterzone.dns.config.Shadow;
import io.clusterzone.dns.ops.log.Log;
import io.clusterzone.dns.shadow.OwnAnswers;
import io.clusterzone.dns.shadow.ShadowMetrics;
import io.clusterzone.dns.shadow.Shadowing;
import io.clusterzone.zones.name.Name;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The directives `shadow` of a Corefile: those that say the same are one. Made and closed by the
/// thread that changes the server.
final class Shadowings {
  static final Shadowings NONE = new Shadowings(Map.of());

  private final Map<Shadow, Shadowing> byDirective;

  private Shadowings(Map<Shadow, Shadowing> byDirective) {
    this.byDirective = byDirective;
  }

  /// The ones of another Corefile. One that is to do the same as before goes on.
  ///
  /// @throws Unservable if the process may open no more files
  Shadowings next(Corefile corefile, ShadowMetrics metrics) {
    var next = new Shadowings(new LinkedHashMap<>());
    try {
      for (Shadow directive : corefile.all(Shadow.class).distinct().toList()) {
        Shadowing same = byDirective.get(directive);
        next.byDirective.put(directive, same == null ? new Shadowing(directive, metrics) : same);
      }
      return next;
    } catch (IOException e) {
      next.closeAllBut(this);
      throw Unservable.because("shadow: " + e.getMessage());
    }
  }

  /// Has them compare with the answers of these server blocks from now on.
  void serve(List<Listeners.Served> served, Log log) {
    byDirective.forEach((directive, shadowing) -> {
      List<Listeners.Served> own =
          served.stream()
              .filter(one -> directive.equals(one.configured().find(Shadow.class)))
              .toList();
      List<Name> apexes =
          own.stream()
              .flatMap(one -> Stream.ofNullable(one.configured().find(Kubernetes.class)))
              .flatMap(kubernetes -> kubernetes.zones().stream())
              .distinct()
              .toList();
      shadowing.answerFrom(
          new OwnAnswers(own.stream().map(Listeners.Served::block).toList(), apexes, log));
    });
  }

  @Nullable Shadowing of(ServerBlock block) {
    Shadow directive = block.find(Shadow.class);
    return directive == null ? null : byDirective.get(directive);
  }

  Collection<Shadowing> all() {
    return byDirective.values();
  }

  /// Closes those that are not among the others.
  void closeAllBut(Shadowings others) {
    for (Shadowing shadowing : all()) {
      if (!others.all().contains(shadowing)) {
        shadowing.close();
      }
    }
  }
}
