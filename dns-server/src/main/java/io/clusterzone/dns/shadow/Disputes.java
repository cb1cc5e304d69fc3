package io.clusterzone.dns.shadow;

import io.clusterzone.dns.compare.Answer;
import io.clusterzone.dns.compare.ComparedQuestion;
import io.clusterzone.dns.compare.Round;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// The questions that are asked again because they were answered differently. Confined to the
/// thread "shadow", but for their number.
final class Disputes {
  /// Questions that are asked again at a time.
  static final int MOST = 16;

  /// The taker of what became of one.
  @FunctionalInterface
  interface Listener {
    void settled(Dispute dispute, Round last, long nowNanos);
  }

  private final Supplier<OwnAnswers> own;
  private final OtherServer other;
  private final AskingAgain times;
  private final Listener listener;
  private final List<Dispute> open = new ArrayList<>();
  private volatile int size;

  Disputes(Supplier<OwnAnswers> own, OtherServer other, AskingAgain times, Listener listener) {
    this.times = times;
    this.own = own;
    this.other = other;
    this.listener = listener;
  }

  /// From any thread.
  int size() {
    return size;
  }

  /// Asks a question again from now on, if there is room or it is asked already.
  boolean open(ComparedQuestion question, Peer peer, Round first, long nowNanos) {
    for (Dispute dispute : open) {
      if (isSame(dispute.question(), question)) {
        dispute.again();
        return true;
      }
    }
    if (open.size() >= MOST) {
      return false;
    }
    open.add(new Dispute(question, peer, first, times, nowNanos));
    size = open.size();
    return true;
  }

  private static boolean isSame(ComparedQuestion one, ComparedQuestion other) {
    return one.type() == other.type() && one.name().equals(other.name());
  }

  /// Asks what is due, and ends what is over.
  void turn(long nowNanos) {
    for (Dispute dispute : List.copyOf(open)) {
      List<Answer> answers = dispute.ended();
      if (dispute.isDue(nowNanos)) {
        ask(dispute, nowNanos);
      } else if (answers != null && !answers.isEmpty()) {
        look(dispute, answers, nowNanos);
      }
    }
  }

  /// A dispute whose last time has come is asked at all addresses, the first one first.
  private void ask(Dispute dispute, long nowNanos) {
    List<Peer> peers = new ArrayList<>(List.of(dispute.peer()));
    boolean last = dispute.isOver(nowNanos);
    if (last) {
      other.peers().stream().filter(peer -> !peers.contains(peer)).forEach(peers::add);
    }
    dispute.begin(peers.size(), last);
    for (int i = 0; i < peers.size(); i++) {
      int address = i;
      Peer peer = peers.get(i);
      ComparedQuestion question = dispute.question();
      if (other.ask(
          peer,
          question,
          nowNanos,
          (reply, _) -> dispute.came(address, Replies.read(question, reply)))) {
        peer.counts().askedAgain.increment();
      } else {
        dispute.came(address, Answer.SILENCE);
      }
    }
  }

  private void look(Dispute dispute, List<Answer> there, long nowNanos) {
    open.remove(dispute); // Comes back if it goes on: whatever fails below fails once.
    Answer firstThere = known(there.getFirst(), dispute.first().there().getFirst());
    List<Answer> all = new ArrayList<>(there.subList(1, there.size()));
    all.removeIf(answer -> answer instanceof Answer.Silence);
    all.addFirst(firstThere);
    var round = new Round(here(dispute), all);
    if (dispute.isLast() || round.heaviest() == null) {
      listener.settled(dispute, round, nowNanos);
    } else {
      dispute.later(nowNanos);
      open.add(dispute);
    }
    size = open.size();
  }

  private Answer here(Dispute dispute) {
    Answer now = Replies.read(dispute.question(), own.get().answer(dispute.question()));
    return known(now, dispute.first().here());
  }

  /// A question without a whole reply says nothing new.
  private static Answer known(Answer now, Answer before) {
    return now instanceof Answer.Silence || Replies.isTruncated(now) ? before : now;
  }
}
