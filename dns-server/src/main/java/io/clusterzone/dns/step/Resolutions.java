package io.clusterzone.dns.step;

import io.clusterzone.dns.config.Shed;
import io.clusterzone.dns.forward.reply.ReplyEncoder;
import io.clusterzone.dns.forward.reply.Resolution;
import io.clusterzone.dns.ops.ShedReason;
import io.clusterzone.dns.ops.Stage;
import io.clusterzone.dns.query.Asked;
import io.clusterzone.dns.query.Ending;
import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.wire.ExtendedError;
import io.clusterzone.zones.wire.Rcode;
import java.io.IOException;

/// Makes replies of the resolutions of questions to upstreams and of chains of aliases.
final class Resolutions {
  private Resolutions() {}

  /// @param authoritative whether the name that was asked for is an alias of ours
  static Ending write(Asked asked, Resolution resolution, boolean authoritative) {
    if (asked.isPart()) {
      return asked.resolved(resolution);
    }
    return switch (resolution) {
      case Resolution.Reply reply when asked.isReplaced() ->
          writeReplaced(asked, reply, authoritative);
      case Resolution.Reply reply -> write(asked, reply, authoritative);
      case Resolution.Failed(int error, String reason) -> {
        asked.error(Rcode.SERVFAIL, reason);
        yield asked.status(Rcode.SERVFAIL, error, reason);
      }
      case Resolution.Shed(ShedReason reason, Shed.Reply reply) -> {
        asked.shed(reason);
        yield shed(asked, reply);
      }
      case Resolution.NotForwarded _ -> Ending.PASS;
    };
  }

  /// The question that was asked of the upstream is not the one that is echoed.
  private static Ending writeReplaced(Asked asked, Resolution.Reply reply, boolean authoritative) {
    try {
      Name looked = asked.question().spelledName();
      Name name = asked.query().spelledName();
      var same = ReplyEncoder.inReplyTo(reply, looked, name, asked.query().type());
      return write(asked, same, authoritative);
    } catch (IOException e) {
      String reason = String.valueOf(e.getMessage());
      asked.error(Rcode.SERVFAIL, reason);
      return asked.status(Rcode.SERVFAIL, ExtendedError.OTHER, reason);
    }
  }

  private static Ending write(Asked asked, Resolution.Reply reply, boolean authoritative) {
    if (reply.cached() && !authoritative) {
      asked.countAs(Stage.CACHE);
    }
    asked
        .bench()
        .stored()
        .write(
            asked.reply(),
            reply.reply(),
            authoritative,
            reply.ageSeconds(),
            reply.ttlOverride(),
            reply.stale());
    return Ending.WRITTEN;
  }

  /// Answers a query that was not let wait (RFC 8914 section 4.1: Other, with the reason as text).
  private static Ending shed(Asked asked, Shed.Reply reply) {
    String text = "too many queries wait for an upstream";
    return switch (reply) {
      case SERVFAIL -> asked.status(Rcode.SERVFAIL, ExtendedError.OTHER, text);
      case REFUSED -> asked.status(Rcode.REFUSED, ExtendedError.OTHER, text);
      case DROP -> Ending.DROPPED;
    };
  }
}
