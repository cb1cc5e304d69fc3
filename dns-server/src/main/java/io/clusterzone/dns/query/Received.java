package io.clusterzone.dns.query;

import io.clusterzone.dns.forward.reply.Question;
import io.clusterzone.dns.forward.reply.Resolution;
import io.clusterzone.dns.ops.Protocol;
import io.clusterzone.dns.ops.Scope;
import io.clusterzone.dns.ops.ShedReason;
import io.clusterzone.zones.answer.AnswerOptions;
import io.clusterzone.zones.wire.Rcode;
import io.clusterzone.zones.wire.Verdict;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A query of a client, from its arrival to its end. Lent by the [Workbench] to the [QueryHandler]
/// that received it.
final class Received extends Asked {
  /// Octets of the longest message (RFC 1035 section 4.2.2).
  static final int MAX_MESSAGE_OCTETS = 0xffff;

  private @Nullable QueryHandler handler;
  private @Nullable ReplySink sink;
  private BlockTable.@Nullable Entry entry;
  private ByteBuffer message = ByteBuffer.allocate(0);
  private int messageOffset;
  private int messageLength;
  private long startNanos;

  Received(Workbench bench) {
    super(bench);
  }

  /// Reads a message that has just arrived. The memory is lent for the call of the handler.
  Verdict arrive(QueryHandler by, ByteBuffer memory, int offset, int length, ReplySink replySink) {
    startNanos = System.nanoTime();
    return read(by, memory, offset, length, replySink);
  }

  private Verdict read(
      QueryHandler by, ByteBuffer memory, int offset, int length, ReplySink replySink) {
    handler = by;
    sink = replySink;
    message = memory;
    messageOffset = offset;
    messageLength = length;
    Verdict read = query.read(memory, offset, length);
    begin(read);
    return read;
  }

  /// Goes to a server block, and begins with the reply.
  void open(BlockTable.Entry found) {
    entry = found;
    open(found.block().options());
    if (query.edns() && !found.block().explained().contains(clientAddress())) {
      reply().keepTexts();
    }
  }

  /// Lends memory for a reply as long as the client takes.
  void open(AnswerOptions options) {
    int limit =
        switch (protocol()) {
          case UDP -> query.udpLimit(options.maxUdpSize());
          case TCP -> MAX_MESSAGE_OCTETS;
        };
    open(options, limit);
  }

  void open(AnswerOptions options, int limit) {
    ByteBuffer out = sink().reserve(limit);
    reply().open(query, options, out, out.position(), limit);
  }

  /// Takes up a query that was put off.
  void resume(HeldQuery held) {
    read(held.handler(), held.message(), 0, held.message().capacity(), held.sink());
    startNanos = held.startNanos();
    next = held.next();
    held.mends().reversed().forEach(this::mendWith);
    open(held.entry());
    if (held.replaced() != null) {
      replaceQuestion(held.replaced(), held.replacedType());
    }
    unguarded = held.unguarded();
  }

  @Override
  Held hold() {
    byte[] copy = new byte[messageLength];
    message.get(messageOffset, copy);
    return HeldQuery.of(this, ByteBuffer.wrap(copy), sink().later());
  }

  QueryHandler handler() {
    return Objects.requireNonNull(handler);
  }

  ReplySink sink() {
    return Objects.requireNonNull(sink);
  }

  BlockTable.Entry entry() {
    return Objects.requireNonNull(entry);
  }

  int octets() {
    return messageLength;
  }

  long startNanos() {
    return startNanos;
  }

  @Override
  public InetSocketAddress client() {
    return sink().client();
  }

  @Override
  public byte[] clientAddress() {
    return sink().clientAddress();
  }

  @Override
  public Protocol protocol() {
    return sink().protocol();
  }

  @Override
  public Scope scope() {
    return entry().block().scope();
  }

  @Override
  public boolean isPart() {
    return false;
  }

  @Override
  public boolean followsAliases() {
    return handler().blocks().knowOtherNames() || isGuarded();
  }

  @Override
  public boolean isGuarded() {
    return handler().blocks().areGuarded();
  }

  @Override
  public ClientChain chain() {
    return new ClientChain(handler().blocks(), bench(), sink());
  }

  @Override
  public Question forwarded() {
    return new Question(
        question().spelledName(),
        question().type(),
        query.recursionDesired(),
        query.dnssecOk(),
        query.checkingDisabled());
  }

  @Override
  public Ending resolved(Resolution resolution) {
    throw new IllegalStateException("a client wants a reply");
  }

  @Override
  public boolean wantsRemark() {
    return reply().tellsTexts() || entry().logsRemarks();
  }

  @Override
  public void error(int rcode, String text) {
    handler().recorder().error(query, entry(), rcode, text);
  }

  @Override
  public void shed(ShedReason reason) {
    entry().counters().shed(reason);
  }

  @Override
  Ending nobodyAnswers() {
    if (verdict != Verdict.QUERY) {
      return status(Rcode.REFUSED);
    }
    error(Rcode.SERVFAIL, "no directive of the server block answers");
    return status(Rcode.SERVFAIL);
  }
}
