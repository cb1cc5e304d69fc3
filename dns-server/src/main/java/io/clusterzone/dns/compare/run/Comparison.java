package io.clusterzone.dns.compare.run;

import io.clusterzone.dns.compare.Answer;
import io.clusterzone.dns.compare.ComparedQuestion;
import io.clusterzone.dns.compare.Finding;
import io.clusterzone.dns.compare.Judge;
import io.clusterzone.dns.compare.Pair;
import io.clusterzone.dns.compare.Round;
import io.clusterzone.dns.compare.exchange.Exchange;
import io.clusterzone.dns.compare.exchange.Exchanged;
import io.clusterzone.dns.compare.question.QuestionSource;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Asks all servers all questions, and judges what differs.
///
/// A difference that one exchange does not explain is asked again after a second, and then after
/// the longest TTL of its answers; meanwhile the others go on. All of it happens on the thread that
/// calls [#run]; [#stop] is for any thread.
public final class Comparison {
  /// Questions under way at a time: enough to keep the servers busy, too few to fill the queue of a
  /// socket.
  private static final int IN_FLIGHT = 64;

  /// Differences that wait to be asked again; with more, new questions wait.
  private static final int MOST_DOUBTS = 10_000;

  private static final long LONGEST_TURN_NANOS = 20_000_000;
  private static final long PROGRESS_NANOS = 200_000_000;

  private final CompareOptions options;
  private final Judge judge;
  private final Tally tally;
  private final Consumer<Tally> progress;
  private final PriorityQueue<Doubt> doubts =
      new PriorityQueue<>(Comparator.comparingLong(Doubt::dueNanos));
  private volatile boolean stopped;
  private int open;

  /// @param progress is told of the counts a few times a second
  public Comparison(CompareOptions options, Consumer<Tally> progress) {
    this.options = options;
    this.progress = progress;
    judge = new Judge(options.zones());
    tally = new Tally(1 + options.there().size(), options.baseline());
  }

  /// What was found so far; whole once [#run] has returned.
  public Tally tally() {
    return tally;
  }

  /// Takes no more questions; those that were asked are judged.
  public void stop() {
    stopped = true;
  }

  /// Compares to the end of the source, or until [#stop].
  ///
  /// @throws IOException if the source ended in a failure, after what it gave was compared; or if
  ///   there are no sockets
  public void run(QuestionSource source) throws IOException {
    List<InetSocketAddress> servers = new ArrayList<>(options.there());
    servers.addFirst(options.here());
    try (var exchange = new Exchange(servers, options.replyTime());
        var feed = new QuestionFeed(source)) {
      var pace = new Pace(options.perSecond(), System.nanoTime());
      long toldNanos = System.nanoTime();
      while (!isOver(feed)) {
        fill(exchange, feed, pace);
        exchange.turn(patience(exchange, feed, pace));
        if (System.nanoTime() - toldNanos > PROGRESS_NANOS) {
          toldNanos = System.nanoTime();
          progress.accept(tally);
        }
      }
      progress.accept(tally);
      Throwable failure = stopped ? null : feed.failure();
      if (failure != null) {
        throw failure instanceof IOException told ? told : new IOException(failure);
      }
    }
  }

  private boolean isOver(QuestionFeed feed) {
    return open == 0 && doubts.isEmpty() && (stopped || feed.hasEnded());
  }

  private void fill(Exchange exchange, QuestionFeed feed, Pace pace) {
    long now = System.nanoTime();
    while (open < IN_FLIGHT && pace.waitNanos(now) <= 0) {
      Doubt due = doubts.peek();
      if (due != null && due.dueNanos() - now <= 0) {
        doubts.remove();
        ask(exchange, due);
      } else if (!askNew(exchange, feed)) {
        return;
      }
      pace.sent(now);
    }
  }

  private boolean askNew(Exchange exchange, QuestionFeed feed) {
    if (stopped || doubts.size() >= MOST_DOUBTS) {
      return false;
    }
    ComparedQuestion question = feed.poll();
    while (question != null && options.oursAlone() && !options.zones().has(question.name())) {
      tally.leftOut();
      question = feed.poll();
    }
    if (question == null) {
      return false;
    }
    tally.asked();
    ask(exchange, new Doubt(question, List.of(), 0));
    return true;
  }

  private void ask(Exchange exchange, Doubt doubt) {
    open++;
    exchange.ask(doubt.question(), exchanged -> answered(doubt, exchanged));
  }

  /// The time that nothing is to be done but for replies.
  private long patience(Exchange exchange, QuestionFeed feed, Pace pace) {
    long now = System.nanoTime();
    long wait = LONGEST_TURN_NANOS;
    if (exchange.inFlight() < IN_FLIGHT && !stopped && !feed.hasEnded() && feed.hasNext()) {
      wait = Math.min(wait, pace.waitNanos(now));
    }
    Doubt next = doubts.peek();
    if (next != null && exchange.inFlight() < IN_FLIGHT) {
      wait = Math.min(wait, Math.max(next.dueNanos() - now, pace.waitNanos(now)));
    }
    return wait;
  }

  private void answered(Doubt doubt, Exchanged exchanged) {
    open--;
    List<Answer> answers = exchanged.answers();
    var round = new Round(answers.getFirst(), answers.subList(1, answers.size()));
    if (doubt.rounds().isEmpty()) {
      tally.replied(exchanged.nanos());
      first(doubt, round);
    } else {
      again(doubt.after(round, 0));
    }
  }

  private void first(Doubt doubt, Round round) {
    if (round.isSilent()) {
      tally.silent();
      return;
    }
    Pair pair = round.heaviest();
    if (pair == null) {
      tally.agreed();
      return;
    }
    @Nullable Finding finding = judge.atOnce(doubt.question(), round);
    if (finding == null) {
      doubts.add(doubt.after(round, System.nanoTime() + options.firstLook().toNanos()));
    } else {
      tally.found(finding);
    }
  }

  private void again(Doubt doubt) {
    Pair pair = doubt.rounds().getLast().heaviest();
    if (pair == null || doubt.isLast()) {
      tally.found(judge.settled(doubt.question(), doubt.rounds()));
      return;
    }
    long ttlNanos = Math.min(doubt.ttlSeconds() * 1_000_000_000L, options.longestLook().toNanos());
    doubts.add(new Doubt(doubt.question(), doubt.rounds(), System.nanoTime() + ttlNanos));
  }
}
