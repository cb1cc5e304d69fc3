package io.clusterzone.dns.shadow;

import io.clusterzone.dns.compare.Answer;
import io.clusterzone.dns.compare.ComparedQuestion;
import io.clusterzone.dns.compare.Difference;
import io.clusterzone.dns.compare.Field;
import io.clusterzone.dns.compare.Finding;
import io.clusterzone.dns.compare.Judge;
import io.clusterzone.dns.compare.Judgement;
import io.clusterzone.dns.compare.Pair;
import io.clusterzone.dns.compare.Round;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/// Compares two replies to one question, and counts and keeps what comes of it. Confined to the
/// thread "shadow".
final class Differences {
  private final Supplier<OwnAnswers> own;
  private final KeptDifferences kept;
  private final Disputes disputes;

  Differences(
      Supplier<OwnAnswers> own, KeptDifferences kept, OtherServer other, AskingAgain times) {
    this.own = own;
    this.kept = kept;
    this.disputes = new Disputes(own, other, times, this::settled);
  }

  Disputes disputes() {
    return disputes;
  }

  /// Takes the other server's reply to a sample.
  void compare(Sample sample, Peer peer, byte[] reply, long nowNanos) {
    ComparedQuestion question = sample.question();
    Answer here = Replies.read(question, sample.reply());
    Answer there = Replies.read(question, reply);
    if (Replies.isTruncated(there)) {
      peer.counts().truncated.increment();
      return;
    }
    var round = new Round(here, List.of(there));
    Pair pair = round.heaviest();
    if (pair == null) {
      peer.counts().agreed.increment();
    } else {
      differ(question, peer, round, pair.difference(), nowNanos);
    }
  }

  private void differ(
      ComparedQuestion question, Peer peer, Round round, Difference difference, long nowNanos) {
    var judge = new Judge(own.get().zones());
    Finding known = judge.atOnce(question, round);
    Judgement before = known == null ? kept.repeated(question, difference) : null;
    if (known != null) {
      count(peer, known, 1, 0);
    } else if (before != null) {
      peer.counts().differences(before.kind()).increment();
    } else if (!own.get().own(question.name()) || !follows(difference.field())) {
      count(peer, judge.settled(question, List.of(round, round)), 1, 0);
    } else if (!disputes.open(question, peer, round, nowNanos)) {
      peer.counts().undecided.increment();
    }
  }

  /// Whether a field follows the changes of the cluster, so that a difference may be gone soon.
  private static boolean follows(Field field) {
    return switch (field) {
      case TIMEOUT, MALFORMED, RCODE, FLAGS, ANSWER_TYPES, ANSWER_DATA, ADDITIONAL -> true;
      case OPCODE, QUESTION, AUTHORITY, EDNS, TTL, ORDER -> false;
    };
  }

  /// A dispute is over.
  ///
  /// @param last the round that ended it
  private void settled(Dispute dispute, Round last, long nowNanos) {
    Round first = dispute.first();
    Finding finding =
        new Judge(own.get().zones()).settled(dispute.question(), List.of(first, last));
    count(dispute.peer(), finding, dispute.replies(), dispute.ageNanos(nowNanos));
    if (Replies.isKnowledge(first.here()) && Replies.isKnowledge(first.there().getFirst())) {
      learned(dispute.peer().counts(), finding.judgement().kind(), dispute.ageNanos(nowNanos));
    }
  }

  private static void learned(PeerCounts counts, Judgement.Kind kind, long leadNanos) {
    switch (kind) {
      case LATER_THERE -> counts.learnedHere.observe(leadNanos);
      case LATER_HERE -> counts.learnedThere.observe(leadNanos);
      case WRONG_HERE,
          WRONG_THERE,
          THEY_DIFFER,
          NOT_REPRODUCIBLE,
          OUTSIDE_VARIES,
          OWN_NAMES,
          OPTIONAL,
          TTL_ONLY,
          ORDER -> {}
    }
  }

  private void count(Peer peer, Finding finding, int replies, long ageNanos) {
    Judgement.Kind kind = finding.judgement().kind();
    peer.counts().differences(kind).add(replies);
    if (kind != Judgement.Kind.TTL_ONLY && kind != Judgement.Kind.ORDER) {
      kept.keep(finding, peer.name(), replies, Duration.ofNanos(ageNanos));
    }
  }
}
