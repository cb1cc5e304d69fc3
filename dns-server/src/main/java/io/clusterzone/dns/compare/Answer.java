package io.clusterzone.dns.compare;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The outcome of one question to one server. Immutable.
public sealed interface Answer {
  /// No reply in time.
  Answer SILENCE = new Silence();

  /// Nothing came.
  record Silence() implements Answer {}

  /// A reply came that is not a DNS message.
  ///
  /// @param fault what is wrong with it, and at which octet
  record Malformed(String fault) implements Answer {}

  /// A whole message.
  ///
  /// @param question the question section as text, in the spelling of the reply; empty if there is
  ///   none
  /// @param rcode with the upper bits of the OPT record (RFC 6891 section 6.1.3)
  /// @param flags the second word of the header without QR, opcode and rcode
  /// @param additional without the OPT record
  record Message(
      int opcode,
      String question,
      int rcode,
      int flags,
      List<SeenRecord> answer,
      List<SeenRecord> authority,
      List<SeenRecord> additional,
      @Nullable SeenEdns edns)
      implements Answer {
    public Message {
      answer = List.copyOf(answer);
      authority = List.copyOf(authority);
      additional = List.copyOf(additional);
    }

    /// Whether the header has this flag, as [io.clusterzone.zones.wire.Header#AA].
    public boolean has(int flag) {
      return (flags & flag) != 0;
    }

    /// Whether a record of this type is in the answer section.
    public boolean answers(int type) {
      return answer.stream().anyMatch(seen -> seen.data().type() == type);
    }

    /// The longest TTL of all sections, in seconds; 0 without records.
    public long longestTtlSeconds() {
      return SeenRecord.sections(this).mapToLong(SeenRecord::ttlSeconds).max().orElse(0);
    }
  }
}
