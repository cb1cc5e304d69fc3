package io.clusterzone.dns.shadow;

import io.clusterzone.dns.compare.Answer;
import io.clusterzone.dns.compare.AnswerReader;
import io.clusterzone.dns.compare.ComparedQuestion;
import io.clusterzone.zones.wire.Header;
import io.clusterzone.zones.wire.Rcode;
import java.nio.ByteBuffer;

/// Replies as they are compared.
final class Replies {
  private Replies() {}

  /// The answer in the octets of a reply. The OPT record does not count where the client had none:
  /// the repeated question always has one.
  static Answer read(ComparedQuestion question, byte[] reply) {
    if (reply.length == 0) {
      return Answer.SILENCE;
    }
    Answer answer = AnswerReader.read(ByteBuffer.wrap(reply));
    return question.udpSize() == 0 && answer instanceof Answer.Message message
        ? withoutEdns(message)
        : answer;
  }

  private static Answer withoutEdns(Answer.Message message) {
    return new Answer.Message(
        message.opcode(),
        message.question(),
        message.rcode(),
        message.flags(),
        message.answer(),
        message.authority(),
        message.additional(),
        null);
  }

  static boolean isTruncated(Answer answer) {
    return answer instanceof Answer.Message message && message.has(Header.TC);
  }

  /// Whether it tells what there is, or that there is nothing: it is no failure.
  static boolean isKnowledge(Answer answer) {
    return answer instanceof Answer.Message message
        && (message.rcode() == Rcode.NOERROR || message.rcode() == Rcode.NXDOMAIN);
  }

  /// The longest TTL, in seconds.
  static long ttlSeconds(Answer answer) {
    return answer instanceof Answer.Message message ? message.longestTtlSeconds() : 0;
  }
}
