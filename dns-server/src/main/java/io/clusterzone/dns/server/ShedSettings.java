package io.clusterzone.dns.server;

import io.clusterzone.dns.config.Corefile;
import io.clusterzone.dns.config.Forward;
import io.clusterzone.dns.config.Shed;
import io.clusterzone.dns.forward.ShedOptions;
import io.clusterzone.dns.forward.reply.ShedReply;

/// From the directives `shed` and `forward` of a Corefile to the bounds on queries that wait.
final class ShedSettings {
  private ShedSettings() {}

  static ShedOptions of(Corefile corefile) {
    Shed found = corefile.findFirst(Shed.class);
    Shed shed = found == null ? Shed.DEFAULT : found;
    int waiting =
        shed.waiting() > 0 ? shed.waiting() : Math.max(Shed.DEFAULT_WAITING, concurrent(corefile));
    return new ShedOptions(waiting, shed.perClient(), reply(shed.reply()));
  }

  /// The highest `max_concurrent`: whoever asks for so many gets them.
  private static int concurrent(Corefile corefile) {
    return corefile.blocks().stream()
        .filter(block -> block.has(Forward.class))
        .map(block -> block.find(Forward.class))
        .flatMap(forward -> forward.routes().stream())
        .mapToInt(Forward.Route::maxConcurrent)
        .max()
        .orElse(0);
  }

  private static ShedReply reply(Shed.Reply reply) {
    return switch (reply) {
      case SERVFAIL -> ShedReply.SERVFAIL;
      case REFUSED -> ShedReply.REFUSED;
      case DROP -> ShedReply.DROP;
    };
  }
}
