package io.clusterzone.dns.forward;

import io.clusterzone.dns.forward.reply.CleanedReply;
import io.clusterzone.dns.forward.reply.Question;
import io.clusterzone.dns.forward.reply.ReplyCleaner;
import io.clusterzone.dns.forward.reply.TtlCaps;
import io.clusterzone.zones.answer.StoredReply;
import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.wire.Rcode;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// One question at one upstream, asked in the ways that it may take it. Confined to its event loop.
///
/// ```
///   over UDP or TCP, with OPT
///     an error that may be about OPT    -> again without (RFC 6891 section 7)
///     cut, or too long for a datagram   -> over TCP; if that fails, the part that has come, with TC
///     the name spelt in another way     -> over TCP; if that fails, over UDP in lower case
///     over TCP as the client, in vain   -> over UDP
/// ```
///
/// Each of these happens once, and all of them together within the time of the exchange. A remedy
/// that helped is remembered with the upstream, for a bounded time.
final class UpstreamVisit {
  sealed interface Outcome {
    record Answered(StoredReply reply) implements Outcome {}

    /// The upstream did nothing wrong: the aliases of the name lead nowhere.
    record Endless(Name at) implements Outcome {}

    record Failed(String reason) implements Outcome {}
  }

  /// Told once, on the event loop.
  @FunctionalInterface
  interface Listener {
    void ended(Outcome outcome);
  }

  private final LoopUpstreams upstreams;
  private final Upstream upstream;
  private final Question question;
  private final LongSupplier timeoutMillis;
  private final Listener listener;

  private boolean stream;
  private boolean mixedCase;
  private boolean edns;

  /// A question with OPT met an error.
  private boolean ednsRefused;

  private boolean streamFailed;

  /// A reply came over UDP that spelt the name in another way: from a server that does not keep the
  /// case, or from a guesser.
  private boolean respelt;

  /// The part of the reply that came over UDP.
  private byte @Nullable [] part;

  private long askedNanos;

  /// @param timeoutMillis the time for the next attempt
  UpstreamVisit(
      LoopUpstreams upstreams,
      Upstream upstream,
      Question question,
      LongSupplier timeoutMillis,
      Listener listener) {
    this.upstreams = upstreams;
    this.upstream = upstream;
    this.question = question;
    this.timeoutMillis = timeoutMillis;
    this.listener = listener;
  }

  void start(boolean overStream) {
    long now = System.nanoTime();
    stream = overStream || upstream.tls() != null;
    mixedCase = upstream.keepsCase(now);
    edns = upstream.edns().takesOpt(now);
    ask();
  }

  private void ask() {
    OutgoingQuery query = upstreams.query(question, mixedCase, edns);
    askedNanos = System.nanoTime();
    upstreams.attempt(
        upstream, query, stream, timeoutMillis.getAsLong(), result -> attempted(query, result));
  }

  private void attempted(OutgoingQuery query, Attempt result) {
    switch (result) {
      case Attempt.Received answer -> received(query, answer);
      case Attempt.OtherSpelling _ -> respelt();
      case Attempt.TimedOut _ -> failed("did not answer in time");
      case Attempt.Unreachable(String reason) -> failed(reason);
    }
  }

  /// Only the upstream itself answers over TCP: ask there, and learn how it spells.
  private void respelt() {
    respelt = true;
    if (streamFailed) {
      askInLowerCase();
    } else {
      askOverStream();
    }
  }

  private void askOverStream() {
    stream = true;
    ask();
  }

  private void askInLowerCase() {
    mixedCase = false;
    ask();
  }

  private void received(OutgoingQuery query, Attempt.Received answer) {
    byte[] message = answer.message();
    int rcode = answer.rcode();
    long now = System.nanoTime();
    upstream.answered();
    upstream.counters().replied(rcode, now - askedNanos);
    boolean ownSpelling = stream && query.match(message) == OutgoingQuery.Match.OTHER_SPELLING;
    if (ownSpelling || (respelt && !mixedCase)) {
      upstream.losesCase(now);
    }
    if (edns && isAboutOpt(rcode)) {
      askWithoutOpt();
      return;
    }
    if (ednsRefused && !isAboutOpt(rcode)) {
      upstream.ednsRefused(now);
    }
    if (!stream && !streamFailed && ReplyCleaner.isCut(message)) {
      part = message;
      askOverStream();
    } else {
      use(message);
    }
  }

  /// Whether a response code is one that servers give which do not know the OPT record.
  static boolean isAboutOpt(int rcode) {
    return rcode == Rcode.FORMERR || rcode == Rcode.NOTIMP || rcode == Rcode.BADVERS;
  }

  private void askWithoutOpt() {
    edns = false;
    ednsRefused = true;
    ask();
  }

  private void use(byte[] message) {
    switch (ReplyCleaner.clean(question, message, ttlCaps())) {
      case CleanedReply.Usable(StoredReply reply) when edns && reply.rcode() == Rcode.BADVERS ->
          askWithoutOpt();
      case CleanedReply.Usable(StoredReply reply) -> listener.ended(new Outcome.Answered(reply));
      case CleanedReply.Endless(Name at) -> listener.ended(new Outcome.Endless(at));
      case CleanedReply.Unreadable _ -> failed("sent a message that does not parse");
    }
  }

  /// A client that validates needs signatures: a reply without them, perhaps because of a lost
  /// datagram, is not for later.
  private TtlCaps ttlCaps() {
    boolean unsigned =
        question.dnssecOk() && !edns && !upstream.edns().refusesOpt(System.nanoTime());
    return unsigned ? TtlCaps.of(0) : upstreams.group().ttlCaps();
  }

  private void failed(String reason) {
    if (!stream || !mayUseUdp()) {
      listener.ended(new Outcome.Failed(reason));
      return;
    }
    stream = false;
    streamFailed = true;
    byte[] received = part;
    if (received != null) {
      use(received);
    } else if (respelt) {
      askInLowerCase();
    } else {
      ask();
    }
  }

  /// Whether TCP was the client's choice, not that of the Corefile.
  private boolean mayUseUdp() {
    return upstream.tls() == null && !upstreams.group().startsWithStream(false);
  }
}
