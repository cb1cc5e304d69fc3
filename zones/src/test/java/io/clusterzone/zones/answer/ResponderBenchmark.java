package io.clusterzone.zones.answer;

import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.record.RRset;
import io.clusterzone.zones.record.Rdata;
import io.clusterzone.zones.wire.Packet;
import io.clusterzone.zones.wire.QueryView;
import io.clusterzone.zones.zone.Content;
import io.clusterzone.zones.zone.ZoneEditor;
import io.clusterzone.zones.zone.Zones;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/// One query from its octets to the octets of the reply, in direct memory: parse, look up, write.
///
/// The zones are those of 10,000 Services in 500 namespaces, one in ten headless with 10 endpoints.
/// Each kind of question goes through names in random order, so that caches see what they would;
/// the queries stand one behind the other, as they do in a batch that was just received.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ResponderBenchmark {
  private static final int SERVICES = 10_000;
  private static final int NAMESPACES = 500;
  private static final int ENDPOINTS = 10;
  private static final int QUERIES = 8192;
  private static final int SLOT = 128;
  private static final AnswerOptions OPTIONS = new AnswerOptions(false, true, 1232, Nsid.NONE);

  /// The kinds of question, and the mixture of a cluster: 45 % A, 25 % AAAA, 20 % NXDOMAIN, 5 %
  /// headless, 3 % SRV, 2 % PTR.
  public enum Kind {
    A,
    AAAA_NODATA,
    NXDOMAIN,
    HEADLESS,
    SRV,
    PTR,
    MIXED
  }

  @Param public Kind kind = Kind.MIXED;

  private final QueryView view = new QueryView();
  private final Responder responder = new Responder(1);
  private final Reply reply = new Reply();
  private final ByteBuffer out = ByteBuffer.allocateDirect(1232);
  private final ByteBuffer queries = ByteBuffer.allocateDirect(QUERIES * SLOT);
  private final int[] lengths = new int[QUERIES];
  private Zones zones = Zones.NONE;
  private int next;

  @Setup
  public void prepare() {
    zones = zones();
    RandomGenerator random = RandomGeneratorFactory.getDefault().create(1);
    for (int i = 0; i < QUERIES; i++) {
      byte[] query = query(kind, random);
      queries.put(i * SLOT, query);
      lengths[i] = query.length;
    }
  }

  @Benchmark
  public int answer() {
    int query = next++ & (QUERIES - 1);
    view.read(queries, query * SLOT, lengths[query]);
    responder.lookup(view, zones);
    reply.open(view, OPTIONS, out, 0, view.udpLimit(1232));
    responder.write(reply);
    return reply.length();
  }

  private static byte[] query(Kind kind, RandomGenerator random) {
    int service = random.nextInt(SERVICES / 10) * 10 + 1 + random.nextInt(9);
    int headless = random.nextInt(SERVICES / 10) * 10;
    int edns = random.nextInt(2);
    Packet packet =
        switch (kind) {
          case A -> Packet.query(name(service), 1, edns);
          case AAAA_NODATA -> Packet.query(name(service), 28, edns);
          case NXDOMAIN ->
              Packet.query(name(service) + namespace(service) + "svc.cluster.local.", 1, edns);
          case HEADLESS -> Packet.query(name(headless), 1, edns);
          case SRV -> Packet.query("_http._tcp." + name(service), 33, edns);
          case PTR -> Packet.query(reverse(service), 12, edns);
          case MIXED -> new Packet();
        };
    if (kind == Kind.MIXED) {
      return query(mixed(random.nextInt(100)), random);
    }
    return (edns == 1 ? packet.opt(1232, 0, 0, 0) : packet).octets();
  }

  private static Kind mixed(int percent) {
    if (percent < 45) {
      return Kind.A;
    } else if (percent < 70) {
      return Kind.AAAA_NODATA;
    } else if (percent < 90) {
      return Kind.NXDOMAIN;
    } else if (percent < 95) {
      return Kind.HEADLESS;
    }
    return percent < 98 ? Kind.SRV : Kind.PTR;
  }

  private static Zones zones() {
    var forward = new ZoneEditor(Fixture.empty(Fixture.CLUSTER, 5));
    var reverse = new ZoneEditor(Fixture.empty(Fixture.REVERSE, 5));
    for (int i = 0; i < SERVICES; i++) {
      Name owner = Name.parse(name(i));
      if (i % 10 == 0) {
        forward.replace(owner, Content.of(Fixture.a(addresses(i))));
        continue;
      }
      RRset srv = Fixture.srv(name(i), 80);
      forward.replace(owner, Content.of(Fixture.a("10.96." + i / 250 + "." + i % 250), srv));
      forward.replace(owner.child("_tcp").child("_http"), Content.of(srv));
      RRset ptr = RRset.of(5, List.of(new Rdata.Ptr(owner)));
      reverse.replace(Name.parse(reverse(i)), Content.of(ptr));
    }
    forward.synced(true);
    reverse.synced(true);
    return new Zones(List.of(forward.finish(1).zone(), reverse.finish(1).zone()));
  }

  private static String[] addresses(int service) {
    List<String> addresses = new ArrayList<>();
    IntFunction<String> address = n -> "10.244." + service / 250 + "." + n;
    for (int n = 0; n < ENDPOINTS; n++) {
      addresses.add(address.apply(n));
    }
    return addresses.toArray(String[]::new);
  }

  private static String name(int service) {
    return "service-" + service + "." + namespace(service) + "svc.cluster.local.";
  }

  private static String namespace(int service) {
    return "namespace-" + service % NAMESPACES + ".";
  }

  private static String reverse(int service) {
    return service % 250 + "." + service / 250 + ".96.10.in-addr.arpa.";
  }

  /// Runs all kinds with the allocation profiler.
  public static void main(String[] args) throws RunnerException {
    var options =
        new OptionsBuilder().include(ResponderBenchmark.class.getSimpleName()).addProfiler("gc");
    new Runner(options.build()).run();
  }
}
