package io.clusterzone.dns.query;

import io.clusterzone.dns.forward.reply.Question;
import io.clusterzone.dns.forward.reply.Resolution;
import io.clusterzone.dns.ops.Protocol;
import io.clusterzone.dns.ops.Scope;
import io.clusterzone.dns.ops.ShedReason;
import io.clusterzone.dns.ops.Stage;
import io.clusterzone.zones.answer.Reply;
import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.wire.QueryView;
import io.clusterzone.zones.wire.QuestionView;
import io.clusterzone.zones.wire.Verdict;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// The question at hand: the query as it was received, the name and type that count now, the reply
/// that is being written, and what has to be mended when it is finished.
///
/// It is a query of a client, or a part of a chain of aliases that is asked as if a client had.
/// Confined to one event loop, which uses it again; a step must not keep it.
public abstract class Asked {
  /// A change to a reply that is finished: the way back of what a step did to the question.
  @FunctionalInterface
  public interface Mend {
    void mend(Asked asked);
  }

  /// A step's use of the thing that it has waited for.
  @FunctionalInterface
  public interface Then<T> {
    Ending goOn(Asked asked, T result);
  }

  final QueryView query = new QueryView();
  private final QuestionView other = new QuestionView();
  private final Reply reply = new Reply();
  private final List<Mend> mends = new ArrayList<>();
  private final Workbench bench;

  private QuestionView question = query;
  Verdict verdict = Verdict.QUERY;
  Stage stage = Stage.NONE;
  int next;

  /// Whether another question was put in place that no gate has seen.
  boolean unguarded;

  Asked(Workbench bench) {
    this.bench = bench;
  }

  /// Begins with a query that was just read.
  final void begin(Verdict read) {
    question = query;
    verdict = read;
    stage = Stage.NONE;
    next = 0;
    unguarded = false;
    if (!mends.isEmpty()) {
      mends.clear();
    }
  }

  /// The query as it was received.
  public final QueryView query() {
    return query;
  }

  /// The question looked for: the one received, unless a step has changed it.
  public final QuestionView question() {
    return question;
  }

  /// Lets another name and type be looked for, if the gates of the server block let them pass. The
  /// records of the reply are about that name then.
  public final void replaceQuestion(Name name, int type) {
    other.set(name, type);
    question = other;
    reply.answerFor(other);
    unguarded = true;
  }

  /// Whether another question is looked for than the one received.
  public final boolean isReplaced() {
    return question != query;
  }

  /// The reply to write; it is open.
  public final Reply reply() {
    return reply;
  }

  /// Has the reply changed when it is finished. The change that is asked for last is made first.
  public final void mendWith(Mend mend) {
    mends.addFirst(mend);
  }

  final List<Mend> mends() {
    return mends;
  }

  final void mend() {
    for (int i = 0; i < mends.size(); i++) {
      mends.get(i).mend(this);
    }
  }

  /// The memory that steps share on this event loop.
  public final Workbench bench() {
    return bench;
  }

  /// Has the answer counted by another name than the step's.
  public final void countAs(Stage answering) {
    stage = answering;
  }

  /// Ends with a response code and no records.
  public final Ending status(int rcode) {
    reply.status(rcode);
    return Ending.WRITTEN;
  }

  /// Ends with a response code and an extended error (RFC 8914).
  public final Ending status(int rcode, int extendedError, String text) {
    reply.status(rcode, extendedError, text);
    return Ending.WRITTEN;
  }

  /// Starts something that ends once, now or later on this event loop, and goes on with its result.
  public final <T> Ending await(Consumer<Consumer<T>> start, Then<T> then) {
    var awaited = new Awaited<>(then);
    start.accept(awaited);
    return awaited.goOnOrHold(this);
  }

  public abstract InetSocketAddress client();

  /// The octets of the client's address, 4 or 16. Not to be changed.
  public abstract byte[] clientAddress();

  public abstract Protocol protocol();

  /// The server block and the listener, as its queries are counted.
  public abstract Scope scope();

  /// Whether this is a part of a chain of aliases: the follower of the chain wants the part's
  /// resolution, not a reply.
  public abstract boolean isPart();

  /// Whether an alias that leaves our zones is to be followed.
  public abstract boolean followsAliases();

  /// Whether each name of a chain of aliases is to be asked for by itself, also within our zones:
  /// there is a gate that may keep the client from it.
  public abstract boolean isGuarded();

  /// The waiting client, which resolves the parts of a chain of aliases.
  public abstract ClientChain chain();

  /// The question to ask an upstream.
  public abstract Question forwarded();

  /// Ends a part of a chain with what it resolves to.
  public abstract Ending resolved(Resolution resolution);

  /// Whether anybody is to be told in words why a question is denied: the client, or the log.
  public abstract boolean wantsRemark();

  /// Reports why the query fails, where the server block logs errors.
  public abstract void error(int rcode, String message);

  /// Counts that the query was not let wait.
  public abstract void shed(ShedReason reason);

  /// No step has answered.
  abstract Ending nobodyAnswers();

  /// Keeps a copy to go on with after the call in which the query was received.
  abstract Held hold();
}
