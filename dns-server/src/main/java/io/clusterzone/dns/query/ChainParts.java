package io.clusterzone.dns.query;

import io.clusterzone.dns.forward.AliasChase;
import io.clusterzone.dns.forward.Asker;
import io.clusterzone.dns.forward.LoopResolver;
import io.clusterzone.dns.forward.reply.Question;
import io.clusterzone.dns.forward.reply.Resolution;
import io.clusterzone.zones.answer.AnswerOptions;
import io.clusterzone.zones.answer.NodeWriter;
import io.clusterzone.zones.answer.Nsid;
import io.clusterzone.zones.answer.Outcome;
import io.clusterzone.zones.answer.Responder;
import io.clusterzone.zones.answer.StoredReply;
import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.wire.ExtendedError;
import io.clusterzone.zones.wire.Header;
import io.clusterzone.zones.wire.QueryView;
import io.clusterzone.zones.zone.Node;
import java.nio.ByteBuffer;
import java.util.List;

/// Resolves the parts of a chain of aliases as if each were asked of this listener: by the server
/// block for the name, from its hosts, its zones, its cache or its upstreams. Confined to one event
/// loop.
final class ChainParts implements AliasChase.Parts {
  private static final AnswerOptions OPTIONS =
      new AnswerOptions(true, false, AnswerOptions.DEFAULT_MAX_UDP_SIZE, Nsid.NONE);

  private final BlockTable blocks;
  private final Responder responder;
  private final NodeWriter hostWriter;
  private final QueryView view;
  private final ByteBuffer scratch;

  ChainParts(BlockTable blocks, Workbench bench) {
    this.blocks = blocks;
    this.responder = bench.partResponder;
    this.hostWriter = bench.hosts;
    this.view = bench.part;
    this.scratch = bench.partReply;
  }

  @Override
  public void resolve(Question question, Asker asker, Listener listener) {
    read(question);
    BlockTable.Entry entry = blocks.find(view);
    if (entry == null || entry.block().refuses()) {
      listener.resolved(new Resolution.NotForwarded(), false);
      return;
    }
    HostNames hosts = entry.block().hosts();
    Node host = hosts == null ? null : hosts.find(view);
    if (host != null) {
      listener.resolved(
          reply(hostWriter.write(view, host, scratch, 0, scratch.capacity(), OPTIONS), false),
          true);
      return;
    }
    if (hosts != null && !hosts.fallsThrough(view)) {
      listener.resolved(
          new Resolution.Failed(ExtendedError.OTHER, "hosts does not have the name"), true);
      return;
    }
    ClusterZones cluster = entry.block().kubernetes();
    if (cluster != null && cluster.covers(view)) {
      Outcome outcome = cluster.lookup(view, responder);
      boolean fallsThrough = cluster.fallsThrough(view, outcome, responder.aliases());
      Resolution found = fallsThrough ? null : fromZone(outcome);
      responder.forget();
      if (found != null) {
        listener.resolved(found, true);
        return;
      }
    }
    LoopResolver resolver = entry.resolver();
    if (resolver == null) {
      listener.resolved(new Resolution.NotForwarded(), false);
    } else {
      resolver.resolve(question, false, asker, part -> listener.resolved(part, false));
    }
  }

  /// Whether an upstream's reply is about names of ours as well.
  boolean knowsAnyOf(StoredReply reply) {
    List<Name> names = reply.otherNames();
    for (int i = 0; i < names.size(); i++) {
      if (isOurs(names.get(i))) {
        return true;
      }
    }
    return false;
  }

  @Override
  public boolean isOurs(Name name) {
    read(new Question(name, 1, true, false, false));
    BlockTable.Entry entry = blocks.find(view);
    if (entry == null) {
      return false;
    }
    HostNames hosts = entry.block().hosts();
    ClusterZones cluster = entry.block().kubernetes();
    return (hosts != null && hosts.find(view) != null) || (cluster != null && cluster.covers(view));
  }

  /// Makes the question the query that [#view] shows.
  private void read(Question question) {
    int nameLength = question.name().length();
    byte[] message = new byte[Header.LENGTH + nameLength + 2 * Short.BYTES];
    ByteBuffer query = ByteBuffer.wrap(message);
    query.putShort(Header.FLAGS, (short) Header.RD).putShort(Header.QDCOUNT, (short) 1);
    question.name().copyTo(message, Header.LENGTH);
    query.putShort(Header.LENGTH + nameLength, (short) question.type());
    query.putShort(Header.LENGTH + nameLength + Short.BYTES, (short) 1);
    var _ = view.read(query, 0, message.length);
  }

  private Resolution fromZone(Outcome outcome) {
    return switch (outcome) {
      case ANSWER, ALIAS, NODATA, NXDOMAIN ->
          reply(responder.write(view, scratch, 0, scratch.capacity(), OPTIONS), responder.stale());
      case NOT_READY ->
          new Resolution.Failed(ExtendedError.NOT_READY, "the cluster is still being learnt");
      case ELSEWHERE -> new Resolution.Failed(ExtendedError.OTHER, Responder.KNOWN_ELSEWHERE);
      case LOOP ->
          new Resolution.Failed(
              ExtendedError.NO_REACHABLE_AUTHORITY, "a loop of aliases, or too many");
      case NOT_OURS -> new Resolution.NotForwarded();
    };
  }

  /// What stands in the first octets of [#scratch].
  private Resolution reply(int length, boolean stale) {
    byte[] message = new byte[length];
    scratch.get(0, message);
    return new Resolution.Reply(
        StoredReply.of(message), 0, Resolution.Reply.COUNT_DOWN, stale, false);
  }
}
