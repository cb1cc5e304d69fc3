package io.clusterzone.dns.query;

import io.clusterzone.dns.forward.AliasChase;
import io.clusterzone.dns.forward.Asker;
import io.clusterzone.dns.forward.reply.Question;
import io.clusterzone.zones.answer.StoredReply;
import io.clusterzone.zones.name.Name;
import java.net.InetSocketAddress;
import java.util.List;

/// A client that may have to wait. The parts of a chain of aliases are resolved for it as if each
/// were asked of this listener: by the steps of the server block for the name. Confined to one
/// event loop; made for a query that is not answered from a zone.
public final class ClientChain implements AliasChase.Parts, Asker {
  private final BlockTable blocks;
  private final Workbench bench;
  private final ReplySink sink;
  private final InetSocketAddress client;
  private final byte[] address;

  /// @param sink of the client, at first: it is soon lent to the query of another
  ClientChain(BlockTable blocks, Workbench bench, ReplySink sink) {
    this.blocks = blocks;
    this.bench = bench;
    this.sink = sink;
    this.client = sink.client();
    this.address = sink.clientAddress();
  }

  @Override
  public int clientHash() {
    return ClientHash.of(address);
  }

  @Override
  public boolean behind() {
    return sink.behind(address);
  }

  InetSocketAddress client() {
    return client;
  }

  boolean isGuarded() {
    return blocks.areGuarded();
  }

  byte[] address() {
    return address;
  }

  @Override
  public void resolve(Question question, Asker asker, Listener listener) {
    new ChainPart(bench, this, question, listener).resolve(blocks);
  }

  @Override
  public boolean isOurs(Name name) {
    return blocks.owns(name);
  }

  /// Whether an upstream's reply is about names of ours as well.
  public boolean ownsAnyOf(StoredReply reply) {
    List<Name> names = reply.otherNames();
    for (int i = 0; i < names.size(); i++) {
      if (isOurs(names.get(i))) {
        return true;
      }
    }
    return false;
  }
}
