package io.clusterzone.dns.compare.exchange;

import io.clusterzone.dns.compare.Answer;
import java.util.List;

/// The outcome of one question to all servers.
///
/// @param answers one of each server, in their order
/// @param nanos the time from the first datagram to the reply, of each server; negative without a
///   reply
public record Exchanged(List<Answer> answers, List<Long> nanos) {
  public Exchanged {
    answers = List.copyOf(answers);
    nanos = List.copyOf(nanos);
  }
}
