package io.clusterzone.dns.shadow;

import static org.awaitility.Awaitility.await;

import io.clusterzone.dns.compare.Judgement;
import io.clusterzone.dns.config.Shadow;
import io.clusterzone.dns.forward.FakeUpstream;
import io.clusterzone.dns.loop.LoopChannels;
import io.clusterzone.dns.ops.Counters;
import io.clusterzone.dns.ops.Scope;
import io.clusterzone.dns.ops.log.Log;
import io.clusterzone.dns.query.NetworkSet;
import io.clusterzone.dns.query.Plan;
import io.clusterzone.dns.query.QueryHandler;
import io.clusterzone.dns.query.ReplyTap;
import io.clusterzone.dns.query.ServerBlock;
import io.clusterzone.dns.query.Step;
import io.clusterzone.dns.query.Workbench;
import io.clusterzone.dns.step.KubernetesStep;
import io.clusterzone.zones.answer.AnswerOptions;
import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.record.RRset;
import io.clusterzone.zones.record.Rdata;
import io.clusterzone.zones.zone.Content;
import io.clusterzone.zones.zone.Zone;
import io.clusterzone.zones.zone.ZoneEditor;
import io.clusterzone.zones.zone.ZoneTable;
import io.clusterzone.zones.zone.Zones;
import io.netty.channel.DefaultEventLoop;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/// A handler with the directive `shadow`, and another server that answers from the same zone, or
/// from one of its own.
final class ShadowBench implements AutoCloseable {
  private static final Name APEX = Name.parse("cluster.local");
  private static final AskingAgain SOON =
      new AskingAgain(Duration.ofMillis(20), Duration.ofMillis(400), Duration.ZERO);
  private static final Scope SCOPE = Scope.dropped("dns://:53");

  /// A name server that knows one zone and speaks to nobody.
  private static final class Knowledge {
    final ZoneTable table = new ZoneTable(new Zones(List.of()));
    private final ConcurrentMap<Name, RRset> sets = new ConcurrentHashMap<>();
    private final AtomicInteger serial = new AtomicInteger(1);

    void set(String name, @Nullable Rdata rdata) {
      Name owner = Name.parse(name);
      if (rdata == null) {
        sets.remove(owner);
      } else {
        sets.put(owner, RRset.of(5, List.of(rdata)));
      }
      var soa = new Rdata.Soa(APEX.child("ns"), APEX.child("h"), 1, 7200, 1800, 86400, 5);
      var editor = new ZoneEditor(Zone.of(APEX, soa, 5));
      sets.forEach((each, set) -> editor.replace(each, Content.of(set)));
      editor.synced(true);
      table.publish(new Zones(List.of(editor.finish(serial.incrementAndGet()).zone())));
    }
  }

  private final Knowledge here = new Knowledge();
  private final Knowledge there = new Knowledge();
  private final Log log = Log.start(new StringBuilder(), 100);
  private final ReplyInHand sink = new ReplyInHand();
  private final ShadowMetrics metrics = new ShadowMetrics();
  private final OwnAnswers answersThere;
  final FakeUpstream other = new FakeUpstream(query -> List.of(replyThere(query.query())));
  final Shadowing shadowing;
  private final QueryHandler handler;

  /// @param sample queries of a million
  ShadowBench(int sample) throws IOException {
    this(sample, List.of());
  }

  /// @param more addresses of the other server
  ShadowBench(int sample, List<InetSocketAddress> more, Step... steps) throws IOException {
    set("web.cluster.local", "10.96.0.1");
    List<InetSocketAddress> addresses = new ArrayList<>(List.of(other.address()));
    addresses.addAll(more);
    var directive =
        new Shadow(addresses, sample, Shadow.Queries.ZONES, 64, Duration.ofMillis(300), 10);
    shadowing = new Shadowing(directive, metrics, SOON);
    metrics.serve(List.of(shadowing));
    ServerBlock block = block(here, shadowing, steps);
    handler = handler(block);
    shadowing.answerFrom(new OwnAnswers(List.of(block), List.of(APEX), log));
    answersThere = new OwnAnswers(List.of(block(there, null)), List.of(APEX), log);
  }

  private static ServerBlock block(Knowledge zone, @Nullable ReplyTap tap, Step... steps) {
    List<Step> all = new ArrayList<>(List.of(steps));
    all.add(new KubernetesStep(List.of(APEX), List.of(), zone.table));
    return new ServerBlock(
        Name.ROOT,
        SCOPE,
        AnswerOptions.DEFAULT,
        new Plan(all),
        NetworkSet.of(List.of()),
        List.of(),
        null,
        tap,
        false);
  }

  private QueryHandler handler(ServerBlock block) {
    var loop = new DefaultEventLoop();
    var channels = new LoopChannels(loop, NioDatagramChannel::new, NioSocketChannel::new);
    return new QueryHandler(
        List.of(block),
        SCOPE,
        new Counters(1, List.of(SCOPE)).loop(0),
        log,
        new Workbench(1, channels));
  }

  /// Gives both servers an A record.
  void set(String name, String address) {
    setHere(name, address);
    setThere(name, address);
  }

  void setHere(String name, String address) {
    here.set(name, a(address));
  }

  void setThere(String name, String address) {
    there.set(name, a(address));
  }

  private static Rdata a(String address) {
    return new Rdata.A(
        ByteBuffer.wrap(java.net.InetAddress.ofLiteral(address).getAddress()).getInt());
  }

  void forgetHere(String name) {
    here.set(name, null);
  }

  void forgetThere(String name) {
    there.set(name, null);
  }

  /// The reply of the other server, for a behaviour that spoils it.
  byte[] replyThere(Message query) {
    synchronized (answersThere) {
      return answersThere.answerTo(ByteBuffer.wrap(query.toWire()));
    }
  }

  /// Asks the server that has the directive.
  byte[] ask(Message query) {
    ByteBuffer message = ByteBuffer.wrap(query.toWire());
    return sink.answer(() -> handler.handle(message, 0, message.limit(), sink));
  }

  byte[] ask(String name) throws IOException {
    return ask(question(name, Type.A));
  }

  static Message question(String name, int type) throws IOException {
    var asked = org.xbill.DNS.Name.fromString(name, org.xbill.DNS.Name.root);
    Message query = Message.newQuery(Record.newRecord(asked, type, DClass.IN));
    query.addRecord(new OPTRecord(1232, 0, 0), Section.ADDITIONAL);
    return query;
  }

  PeerCounts counts() {
    return metrics.of(other.address());
  }

  long differences(Judgement.Kind kind) {
    return counts().differences(kind).sum();
  }

  /// Takes out what is in the ring, in the place of the thread, and counts it.
  long takeOut() {
    long count = 0;
    for (LoopTap tap : shadowing.taps()) {
      while (tap.ring().poll() != null) {
        count++;
      }
    }
    return count;
  }

  String metrics() {
    var text = new io.clusterzone.dns.ops.MetricText();
    metrics.writeTo(text);
    return text.toString();
  }

  static void awaitOne(LongSupplier count) {
    await().atMost(Duration.ofSeconds(20)).until(() -> count.getAsLong() > 0);
  }

  @Override
  public void close() {
    shadowing.close();
    other.close();
    log.close();
  }
}
