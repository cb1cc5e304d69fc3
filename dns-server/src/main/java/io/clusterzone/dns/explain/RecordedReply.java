package io.clusterzone.dns.explain;

import io.clusterzone.dns.ops.Stage;
import io.clusterzone.dns.query.Ending;
import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.wire.Header;
import io.clusterzone.zones.wire.Rcode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The reply to an explained question, and how it came about. Immutable.
///
/// @param message empty if there is no reply
/// @param steps in the order in which they were asked
/// @param tcp whether it was asked over TCP since it did not fit into a datagram
@SuppressWarnings("ArrayRecordComponent") // nobody compares or changes it
record RecordedReply(Name name, int type, byte[] message, List<Taken> steps, boolean tcp) {
  RecordedReply afterTruncation() {
    return new RecordedReply(name, type, message, steps, true);
  }

  boolean isDropped() {
    return message.length == 0;
  }

  boolean truncated() {
    return !isDropped() && (message[Header.FLAGS] & Header.TC >> 8) != 0;
  }

  int rcode() {
    return message[Header.FLAGS + 1] & 0xf;
  }

  private int answers() {
    return (message[Header.ANCOUNT] & 0xff) << 8 | (message[Header.ANCOUNT + 1] & 0xff);
  }

  /// Whether it has no record, not even of an alias.
  boolean answersNothing() {
    return isDropped() || answers() == 0;
  }

  Outcome outcome() {
    if (isDropped()) {
      return Outcome.NO_REPLY;
    }
    return switch (rcode()) {
      case Rcode.NOERROR -> answers() > 0 && hasType() ? Outcome.ANSWER : Outcome.NODATA;
      case Rcode.NXDOMAIN -> Outcome.NXDOMAIN;
      case Rcode.SERVFAIL -> Outcome.SERVFAIL;
      case Rcode.REFUSED -> Outcome.REFUSED;
      default -> Outcome.OTHER;
    };
  }

  /// A chain of aliases that ends without a record of the type is no answer.
  private boolean hasType() {
    return Messages.answers(message).stream().anyMatch(row -> row.answers(type));
  }

  /// The step that the reply comes from; null if none was asked.
  @Nullable Taken last() {
    Taken last = null;
    for (Taken taken : steps) {
      if (!taken.part() && taken.ending() != Ending.PASS) {
        last = taken;
      }
    }
    return last != null || steps.isEmpty() ? last : steps.getLast();
  }

  /// Whether a policy keeps the client from the name, or from one that it leads to.
  boolean isKeptOut() {
    return steps.stream()
        .anyMatch(taken -> taken.step() == Stage.ACL && taken.ending() != Ending.PASS);
  }
}
