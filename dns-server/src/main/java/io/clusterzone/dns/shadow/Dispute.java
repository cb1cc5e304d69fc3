package io.clusterzone.dns.shadow;

import io.clusterzone.dns.compare.Answer;
import io.clusterzone.dns.compare.ComparedQuestion;
import io.clusterzone.dns.compare.Round;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One question that was answered differently, while it is asked again and again. The last time all
/// addresses are asked. Confined to the thread "shadow".
final class Dispute {
  private final ComparedQuestion question;
  private final Peer peer;
  private final Round first;
  private final AskingAgain times;
  private final long beganNanos;
  private final long lastNanos;
  private long nextNanos;
  private int replies = 1;
  private boolean last;

  /// The answers of the present round, one for each address asked; null until it comes.
  private @Nullable Answer[] coming = {};

  /// @param first the round that differs; its other server is `peer` alone
  Dispute(ComparedQuestion question, Peer peer, Round first, AskingAgain times, long nowNanos) {
    this.question = question;
    this.peer = peer;
    this.first = first;
    this.times = times;
    beganNanos = nowNanos;
    nextNanos = nowNanos + times.interval().toNanos();
    long ttl = Replies.ttlSeconds(first.there().getFirst());
    lastNanos = nowNanos + times.inAll(ttl).toNanos();
  }

  ComparedQuestion question() {
    return question;
  }

  Peer peer() {
    return peer;
  }

  Round first() {
    return first;
  }

  /// The replies that differ in the same question, this one's included.
  int replies() {
    return replies;
  }

  /// Another reply to the same question differs.
  void again() {
    replies++;
  }

  long ageNanos(long nowNanos) {
    return nowNanos - beganNanos;
  }

  /// Whether it is to be asked now.
  boolean isDue(long nowNanos) {
    return coming.length == 0 && nextNanos - nowNanos <= 0;
  }

  /// Whether all that was to be waited for is over.
  boolean isOver(long nowNanos) {
    return lastNanos - nowNanos <= 0;
  }

  /// Begins a round in which so many addresses are asked.
  void begin(int addresses, boolean isLast) {
    coming = new Answer[addresses];
    last = isLast;
  }

  /// Whether no other round follows the present one.
  boolean isLast() {
    return last;
  }

  void came(int address, Answer answer) {
    coming[address] = answer;
  }

  /// The answers of the round, if all have come; it is over then.
  @Nullable List<Answer> ended() {
    List<Answer> answers = new ArrayList<>();
    for (Answer answer : coming) {
      if (answer == null) {
        return null;
      }
      answers.add(answer);
    }
    return answers;
  }

  /// Asks again later, if another round is to follow.
  void later(long nowNanos) {
    coming = new Answer[0];
    long interval = times.interval().toNanos();
    boolean often = ageNanos(nowNanos) + interval < times.often().toNanos();
    nextNanos = nowNanos + (often ? interval : Math.max(lastNanos - nowNanos, 0));
  }
}
