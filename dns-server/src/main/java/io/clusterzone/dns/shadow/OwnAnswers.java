package io.clusterzone.dns.shadow;

import io.clusterzone.dns.compare.ComparedQuestion;
import io.clusterzone.dns.compare.OurZones;
import io.clusterzone.dns.loop.LoopChannels;
import io.clusterzone.dns.ops.Counters;
import io.clusterzone.dns.ops.Scope;
import io.clusterzone.dns.ops.Stage;
import io.clusterzone.dns.ops.log.Log;
import io.clusterzone.dns.query.Plan;
import io.clusterzone.dns.query.QueryHandler;
import io.clusterzone.dns.query.ServerBlock;
import io.clusterzone.dns.query.Step;
import io.clusterzone.dns.query.Workbench;
import io.clusterzone.zones.name.Name;
import io.netty.channel.DefaultEventLoop;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.nio.ByteBuffer;
import java.util.List;

/// The present answers of the server's own blocks: the same steps as for clients, from the zones as
/// they are now, without sockets, counts or a log. Made on any thread, then confined to the thread
/// "shadow".
///
/// Of the steps those alone are asked that never wait. What only others can answer has no answer
/// here.
public final class OwnAnswers {
  private static final Scope UNCOUNTED = Scope.dropped("shadow");

  private final QueryHandler handler;
  private final OurZones zones;
  private final ReplyInHand sink = new ReplyInHand();

  /// @param blocks of any listeners; of two for the same key the first one counts
  /// @param apexes of the zones that they answer from
  /// @param log for what must not happen
  public OwnAnswers(List<ServerBlock> blocks, List<Name> apexes, Log log) {
    zones = new OurZones(apexes);
    var channels =
        new LoopChannels(new DefaultEventLoop(), NioDatagramChannel::new, NioSocketChannel::new);
    handler =
        new QueryHandler(
            blocks.stream().map(OwnAnswers::still).toList(),
            UNCOUNTED,
            new Counters(1, List.of(UNCOUNTED)).loop(0),
            log,
            new Workbench(1, channels));
  }

  private static ServerBlock still(ServerBlock block) {
    List<Step> steps =
        block.plan().steps().stream()
            .filter(step -> step.stage() == Stage.KUBERNETES || step.stage() == Stage.HOSTS)
            .toList();
    return new ServerBlock(
        block.zone(),
        UNCOUNTED,
        block.options(),
        new Plan(steps),
        block.explained(),
        List.of(),
        null,
        null,
        steps.isEmpty());
  }

  /// The zones in which a name that differs is somebody's fault.
  OurZones zones() {
    return zones;
  }

  boolean own(Name name) {
    return zones.apexes().stream().anyMatch(name::isAtOrBelow);
  }

  /// The octets of a reply as long as it gets; none without one.
  byte[] answer(ComparedQuestion question) {
    return answerTo(new RepeatedQuery(question, 0).message());
  }

  byte[] answerTo(ByteBuffer query) {
    return sink.answer(() -> handler.handle(query, 0, query.limit(), sink));
  }
}
