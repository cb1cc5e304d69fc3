package io.clusterzone.dns.query;

import io.clusterzone.dns.config.Acl;
import io.clusterzone.dns.config.Explain;
import io.clusterzone.dns.config.Network;
import io.clusterzone.dns.config.Shadow;
import io.clusterzone.dns.forward.FakeUpstream;
import io.clusterzone.dns.forward.Forwarding;
import io.clusterzone.dns.forward.LoopDetector;
import io.clusterzone.dns.forward.Replies;
import io.clusterzone.dns.forward.TestForward;
import io.clusterzone.dns.loop.LoopChannels;
import io.clusterzone.dns.ops.Counters;
import io.clusterzone.dns.ops.Protocol;
import io.clusterzone.dns.ops.QueryTotals;
import io.clusterzone.dns.ops.log.Log;
import io.clusterzone.dns.ops.top.QueryTop;
import io.clusterzone.dns.shadow.OwnAnswers;
import io.clusterzone.dns.shadow.ShadowMetrics;
import io.clusterzone.dns.shadow.Shadowing;
import io.clusterzone.dns.step.AclStep;
import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.zone.ZoneTable;
import io.netty.channel.DefaultEventLoop;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/// One query from its octets to the octets of the reply, with the whole handler: parse, find the
/// server block, ask its directives, answer, count. The sink does nothing. The launcher's flags
/// count.
@State(org.openjdk.jmh.annotations.Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 1,
    jvmArgsAppend = {
      "-XX:+UseSerialGC",
      "-XX:CompileCommand=quiet",
      "-XX:CompileCommand=dontinline,io.clusterzone.dns.step.*::take",
      "-XX:CompileCommand=dontinline,io.clusterzone.zones.answer.Responder::lookup"
    })
public class HandlerBenchmark {
  /// The server block: `kubernetes` alone, or what kubeadm writes (`loop`, `kubernetes` with
  /// fallthrough for reverse names, `forward`), or `acl` with networks before `kubernetes`; `PLAIN`
  /// explains its denials, `SILENT` does not; of `SHADOWED` each query is chosen by `shadow`.
  public enum Block {
    PLAIN,
    SILENT,
    KUBEADM,
    GUARDED,
    SHADOWED
  }

  /// A name that exists, one that does not, and an alias.
  public enum Kind {
    ANSWER("web.cluster.local"),
    NXDOMAIN("web.cluster.local.default.svc.cluster.local"),
    ALIAS("alias.cluster.local");

    private final String name;

    Kind(String name) {
      this.name = name;
    }
  }

  /// Until there is one.
  private record NoHandler() implements MessageHandler {
    @Override
    public void handle(ByteBuffer memory, int offset, int length, ReplySink sink) {
      throw new AssertionError();
    }

    @Override
    public void failed(ByteBuffer memory, int offset, int length, ReplySink sink, Throwable cause) {
      throw new AssertionError(cause);
    }
  }

  private static final class Sink implements ReplySink {
    private final InetSocketAddress client =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 4053);
    private final byte[] address = client.getAddress().getAddress();
    private final ByteBuffer memory = ByteBuffer.allocateDirect(4096);
    private int length;

    @Override
    public Protocol protocol() {
      return Protocol.UDP;
    }

    @Override
    public InetSocketAddress client() {
      return client;
    }

    @Override
    public InetSocketAddress local() {
      return client;
    }

    @Override
    public boolean ipv6() {
      return false;
    }

    @Override
    public byte[] clientAddress() {
      return address;
    }

    @Override
    public boolean behind(byte[] sender) {
      return false;
    }

    @Override
    public ByteBuffer reserve(int octets) {
      return memory;
    }

    @Override
    public void send(int octets) {
      length = octets;
    }

    @Override
    public void drop() {
      throw new AssertionError();
    }

    @Override
    public ReplySink later() {
      throw new AssertionError();
    }
  }

  @Param public Block block = Block.PLAIN;
  @Param public Kind kind = Kind.ANSWER;

  /// Whether the query has an OPT record.
  @Param({"true", "false"})
  public boolean edns = true;

  /// Whether some of the queries are copied for the ranks of `top`.
  @Param("true")
  public boolean ranked = true;

  private final QueryTop top = new QueryTop(1, () -> QueryTotals.NONE);
  private final Sink sink = new Sink();
  private ByteBuffer query = ByteBuffer.allocate(0);
  private final DefaultEventLoop loop = new DefaultEventLoop();
  private final Log log = Log.start(new StringBuilder(), 100);
  private final FakeUpstream upstream =
      FakeUpstream.answering(asked -> Replies.answer(asked, "@ 60 IN A 192.0.2.1"));
  private @Nullable Shadowing shadowing;
  private MessageHandler handler = new NoHandler();

  @Setup
  public void prepare() throws Exception {
    ZoneTable zones = TestBlocks.zones(true, "cluster.local", "10.in-addr.arpa");
    var blocks = TestBlocks.at(".");
    if (block == Block.KUBEADM) {
      var group = TestForward.to(upstream).group();
      var detector = new LoopDetector(List.of(group), Name.ROOT, Duration.ofDays(1));
      blocks =
          blocks
              .kubernetes(zones, "cluster.local in-addr.arpa", "in-addr.arpa")
              .errors()
              .forwarding(new Forwarding(null, List.of(group), detector));
    } else {
      blocks = blocks.kubernetes(zones, "cluster.local 10.in-addr.arpa", "");
    }
    if (block == Block.GUARDED) {
      blocks = blocks.step(new AclStep(guard()));
    }
    if (block == Block.SILENT) {
      blocks = blocks.explain(Explain.OFF);
    }
    if (block == Block.SHADOWED) {
      blocks = blocks.tap(shadowing());
    }
    ServerBlock made = blocks.block();
    var counters = new Counters(1, List.of(made.scope(), Bench.UNMATCHED));
    var channels = new LoopChannels(loop, NioDatagramChannel::new, NioSocketChannel::new);
    handler =
        new QueryHandler(
            List.of(made),
            Bench.UNMATCHED,
            counters.loop(0),
            log,
            new Workbench(1, channels, top.ring(0)));
    top.serve(ranked, List.of(Name.parse("cluster.local")));
    Message message = Bench.question(kind.name, Type.A);
    if (edns) {
      message.addRecord(new OPTRecord(1232, 0, 0), Section.ADDITIONAL);
    }
    byte[] octets = message.toWire();
    query = ByteBuffer.allocateDirect(octets.length).put(0, octets);
  }

  /// One that takes samples out of its ring and has hardly room to repeat them.
  private Shadowing shadowing() throws IOException {
    var directive =
        new Shadow(
            List.of(upstream.address()),
            Shadow.ALL,
            Shadow.Queries.ZONES,
            1,
            Shadow.MOST_TIMEOUT,
            1);
    var started = new Shadowing(directive, new ShadowMetrics());
    started.answerFrom(new OwnAnswers(List.of(), List.of(), log));
    shadowing = started;
    return started;
  }

  private static Acl guard() {
    List<Network> networks = List.of(Network.parse("10.0.0.0/8"), Network.parse("192.0.2.0/24"));
    return new Acl(
        List.of(
            new Acl.Rule(
                List.of(Name.ROOT),
                List.of(new Acl.Policy(Acl.Action.BLOCK, Set.of(), networks)))));
  }

  @TearDown
  public void close() {
    if (shadowing != null) {
      shadowing.close();
    }
    upstream.close();
    log.close();
    top.close();
    var _ = loop.shutdownGracefully();
  }

  @Benchmark
  public int answer() {
    handler.handle(query, 0, query.capacity(), sink);
    return sink.length;
  }
}
