package io.clusterzone.dns.explain;

import io.clusterzone.dns.loop.LoopChannels;
import io.clusterzone.dns.ops.Counters;
import io.clusterzone.dns.ops.Protocol;
import io.clusterzone.dns.ops.Scope;
import io.clusterzone.dns.ops.log.Log;
import io.clusterzone.dns.query.Plan;
import io.clusterzone.dns.query.QueryHandler;
import io.clusterzone.dns.query.ServerBlock;
import io.clusterzone.dns.query.Step;
import io.clusterzone.dns.query.Workbench;
import io.clusterzone.zones.name.Name;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// A listener of a server, to be asked without a packet: each question goes through a handler made
/// for it, with the listener's own steps, and each step is noted. Counters and logs of the server
/// do not see it; its cache does, and upstreams are asked for real. For any thread that may wait.
final class RecordedServer {
  /// For all questions of an explanation: a page has ten seconds, and an upstream that is away
  /// takes five of them.
  private static final Duration PATIENCE = Duration.ofSeconds(8);

  private static final SecureRandom SEEDS = new SecureRandom();

  private final Explained explained;
  private final long endNanos = System.nanoTime() + PATIENCE.toNanos();

  /// Made by the event loop, which alone uses it.
  private @Nullable Workbench bench;

  RecordedServer(Explained explained) {
    this.explained = explained;
  }

  /// Asks over UDP as a resolver with EDNS does, and over TCP if the reply says so.
  RecordedReply ask(Name name, int type, InetAddress client) throws InterruptedException {
    return ask(name, List.of(type), client).getFirst();
  }

  /// The same for several types at a time, as resolvers ask for both families.
  List<RecordedReply> ask(Name name, List<Integer> types, InetAddress client)
      throws InterruptedException {
    List<Waiting> waiting =
        types.stream().map(type -> begin(name, type, client, Protocol.UDP)).toList();
    List<RecordedReply> replies = new ArrayList<>();
    for (Waiting one : waiting) {
      RecordedReply overUdp = end(one);
      replies.add(
          overUdp.truncated()
              ? end(begin(name, one.type(), client, Protocol.TCP)).afterTruncation()
              : overUdp);
    }
    return replies;
  }

  /// A question on its way.
  private record Waiting(
      Name name, int type, List<Taken> notes, CompletableFuture<byte[]> result) {}

  private Waiting begin(Name name, int type, InetAddress client, Protocol protocol) {
    byte[] query = Messages.query(name, type);
    var waiting = new Waiting(name, type, new ArrayList<>(), new CompletableFuture<>());
    if (leftNanos() <= 0) {
      return waiting;
    }
    explained.onLoop(channels -> {
      try {
        var sink = new KeptReply(protocol, client, waiting.result());
        handler(channels, waiting.notes()).handle(ByteBuffer.wrap(query), 0, query.length, sink);
        sink.handled();
      } catch (RuntimeException e) {
        waiting.result().completeExceptionally(e);
      }
    });
    return waiting;
  }

  private RecordedReply end(Waiting one) throws InterruptedException {
    try {
      byte[] reply = one.result().get(Math.max(0, leftNanos()), TimeUnit.NANOSECONDS);
      return new RecordedReply(one.name(), one.type(), reply, List.copyOf(one.notes()), false);
    } catch (TimeoutException _) {
      return new RecordedReply(one.name(), one.type(), new byte[0], List.of(), false);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  private long leftNanos() {
    return endNanos - System.nanoTime();
  }

  private QueryHandler handler(LoopChannels channels, List<Taken> notes) {
    IdentityHashMap<Plan, Plan> plans = new IdentityHashMap<>();
    List<ServerBlock> blocks =
        explained.blocks().stream()
            .map(block -> block.unheard(plans.computeIfAbsent(block.plan(), p -> of(p, notes))))
            .toList();
    Scope unmatched = Scope.dropped(explained.listener());
    List<Scope> scopes = new ArrayList<>(List.of(unmatched));
    blocks.forEach(block -> scopes.add(block.scope()));
    return new QueryHandler(
        blocks, unmatched, new Counters(1, scopes).loop(0), Log.none(), bench(channels));
  }

  private Workbench bench(LoopChannels channels) {
    Workbench made = bench == null ? new Workbench(SEEDS.nextLong(), channels) : bench;
    bench = made;
    return made;
  }

  private static Plan of(Plan plan, List<Taken> notes) {
    return new Plan(
        plan.steps().stream().<Step>map(step -> new RecordingStep(step, notes)).toList());
  }
}
