package io.clusterzone.dns.query;

import io.clusterzone.dns.forward.AliasChase;
import io.clusterzone.dns.forward.reply.Question;
import io.clusterzone.dns.forward.reply.Resolution;
import io.clusterzone.dns.ops.Protocol;
import io.clusterzone.dns.ops.Scope;
import io.clusterzone.dns.ops.ShedReason;
import io.clusterzone.zones.answer.AnswerOptions;
import io.clusterzone.zones.answer.Nsid;
import io.clusterzone.zones.answer.StoredReply;
import io.clusterzone.zones.wire.ExtendedError;
import io.clusterzone.zones.wire.Header;
import io.clusterzone.zones.wire.Rcode;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One name of a chain of aliases, asked of its server block's steps as a client would.
final class ChainPart extends Asked implements Held {
  private static final AnswerOptions OPTIONS =
      new AnswerOptions(true, false, AnswerOptions.DEFAULT_MAX_UDP_SIZE, Nsid.NONE);

  private final ClientChain chain;
  private final Question asked;
  private final AliasChase.Parts.Listener listener;
  private BlockTable.@Nullable Entry entry;
  private @Nullable Resolution resolution;

  ChainPart(
      Workbench bench, ClientChain chain, Question asked, AliasChase.Parts.Listener listener) {
    super(bench);
    this.chain = chain;
    this.asked = asked;
    this.listener = listener;
  }

  /// Tells the listener what the part resolves to, perhaps before it returns.
  void resolve(BlockTable blocks) {
    read();
    BlockTable.Entry found = blocks.find(query);
    if (found == null || found.block().refuses()) {
      listener.resolved(new Resolution.NotForwarded(), false);
      return;
    }
    entry = found;
    open();
    finish(found.plan().run(this));
  }

  /// Makes the question a query.
  private void read() {
    int nameLength = asked.name().length();
    byte[] message = new byte[Header.LENGTH + nameLength + 2 * Short.BYTES];
    ByteBuffer octets = ByteBuffer.wrap(message);
    octets.putShort(Header.FLAGS, (short) Header.RD).putShort(Header.QDCOUNT, (short) 1);
    asked.name().copyTo(message, Header.LENGTH);
    octets.putShort(Header.LENGTH + nameLength, (short) asked.type());
    octets.putShort(Header.LENGTH + nameLength + Short.BYTES, (short) 1);
    begin(query.read(octets, 0, message.length));
  }

  private void open() {
    ByteBuffer memory = bench().partReply;
    reply().open(query, OPTIONS, memory, 0, memory.capacity());
  }

  @Override
  public void goOn(Function<Asked, Ending> step) {
    finish(Objects.requireNonNull(entry).plan().goOn(this, step));
  }

  private void finish(Ending ending) {
    switch (ending) {
      case LATER -> {}
      case WRITTEN -> {
        Resolution known = resolution;
        if (known == null) {
          mend();
          listener.resolved(written(), true);
        } else {
          listener.resolved(known, false);
        }
      }
      case DROPPED ->
          listener.resolved(new Resolution.Failed(ExtendedError.BLOCKED, "dropped"), true);
      case PASS -> throw new IllegalStateException("a plan that ends with nothing");
    }
  }

  /// A step's reply about the name.
  private Resolution written() {
    int error = reply().errorCode();
    if (reply().rcode() == Rcode.SERVFAIL) {
      return new Resolution.Failed(
          error == ExtendedError.NONE ? ExtendedError.OTHER : error, reason(error));
    }
    byte[] message = new byte[reply().length()];
    reply().memory().get(reply().offset(), message);
    boolean stale = error == ExtendedError.STALE_ANSWER || error == ExtendedError.STALE_NXDOMAIN;
    return new Resolution.Reply(
        StoredReply.of(message), 0, Resolution.Reply.COUNT_DOWN, stale, false);
  }

  private String reason(int error) {
    if (error == ExtendedError.NOT_READY) {
      return "the cluster is still being learnt";
    }
    String text = reply().errorText();
    return text.isEmpty() ? "response code " + Rcode.SERVFAIL : text;
  }

  @Override
  public InetSocketAddress client() {
    return chain.client();
  }

  @Override
  public byte[] clientAddress() {
    return chain.address();
  }

  @Override
  public Protocol protocol() {
    return Protocol.UDP;
  }

  @Override
  public Scope scope() {
    return Objects.requireNonNull(entry).block().scope();
  }

  @Override
  public boolean isPart() {
    return true;
  }

  /// The asker of the part follows them.
  @Override
  public boolean followsAliases() {
    return false;
  }

  @Override
  public boolean isGuarded() {
    return chain.isGuarded();
  }

  @Override
  public ClientChain chain() {
    return chain;
  }

  @Override
  public Question forwarded() {
    return asked;
  }

  @Override
  public Ending resolved(Resolution known) {
    resolution = known;
    return Ending.WRITTEN;
  }

  /// A failure is reported once, for the whole chain.
  @Override
  public boolean wantsRemark() {
    return false;
  }

  @Override
  public void error(int rcode, String message) {}

  @Override
  public void shed(ShedReason reason) {}

  @Override
  Ending nobodyAnswers() {
    return resolved(new Resolution.NotForwarded());
  }

  /// It lives as long as the chain.
  @Override
  Held hold() {
    return this;
  }
}
