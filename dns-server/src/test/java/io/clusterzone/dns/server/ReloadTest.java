package io.clusterzone.dns.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.clusterzone.dns.cli.DumpCommandTest;
import io.clusterzone.dns.config.Corefile;
import io.clusterzone.dns.config.file.CorefileParser;
import io.clusterzone.dns.config.file.CorefileReading;
import io.clusterzone.dns.config.text.ParseOptions;
import io.clusterzone.dns.forward.FakeUpstream;
import io.clusterzone.dns.forward.Forwarding;
import io.clusterzone.dns.forward.Replies;
import io.clusterzone.k8s.api.FreePorts;
import io.clusterzone.k8s.file.OddFile;
import io.clusterzone.k8s.kept.KeptFile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

/// A server changes from one Corefile to another while clients ask.
final class ReloadTest {
  private static final InetAddress LOCAL = InetAddress.getLoopbackAddress();
  private static final String WEB = "web.shop.svc.cluster.local";

  private final Semaphore told = new Semaphore(0);

  @TempDir Path directory;

  private int port;
  private int http;

  @BeforeEach
  void prepare() throws IOException {
    Path manifests = Files.createDirectory(directory.resolve("manifests"));
    Files.writeString(manifests.resolve("web.yaml"), DumpCommandTest.service("web", "10.96.0.1"));
    port = FreePorts.next();
    http = FreePorts.next();
  }

  /// A server block at the port, with these directives.
  private String block(String... directives) {
    return blockAt(port, directives);
  }

  private static String blockAt(int port, String... directives) {
    return ".:" + port + " {\n bind 127.0.0.1\n " + String.join("\n ", directives) + "\n}\n";
  }

  private String kubernetes(int ttl) {
    return "kubernetes cluster.local {\n manifests "
        + directory.resolve("manifests")
        + "\n ttl "
        + ttl
        + "\n }";
  }

  private static Corefile parse(String text) {
    return CorefileFile.good(
        CorefileParser.read("Corefile", text, ParseOptions.ofProcess()).result());
  }

  private static SimpleResolver resolver(int port, boolean tcp) {
    var resolver = new SimpleResolver(new InetSocketAddress(LOCAL, port));
    resolver.setTCP(tcp);
    resolver.setTimeout(Duration.ofSeconds(5));
    return resolver;
  }

  private static Message question(String name) throws IOException {
    return Message.newQuery(Record.newRecord(Name.fromString(name, Name.root), Type.A, DClass.IN));
  }

  private static String answer(Message reply) {
    List<Record> answer = reply.getSection(Section.ANSWER);
    return answer.isEmpty() ? Rcode.string(reply.getRcode()) : answer.getFirst().rdataToString();
  }

  private String ask(String name) throws IOException {
    return answer(resolver(port, false).send(question(name)));
  }

  private String page(String path) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + http + path)).build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> reply = client.send(request, HttpResponse.BodyHandlers.ofString());
      return reply.statusCode() + " " + reply.body();
    }
  }

  @Test
  void losesNoQueryInFiftyReloads() throws Exception {
    List<Corefile> corefiles =
        List.of(
            parse(block(kubernetes(5), "whoami")),
            parse(
                block(kubernetes(30), "log . { \n class denial \n }")
                    + "b.example:"
                    + port
                    + " {\n bind 127.0.0.1\n whoami\n}\n"),
            parse(block(kubernetes(5), "whoami") + blockAt(FreePorts.next(), "whoami")));
    try (Server server = Servers.start(corefiles.getFirst());
        ExecutorService clients = Executors.newFixedThreadPool(4)) {
      var stopped = new AtomicBoolean();
      List<Future<Integer>> running = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        SimpleResolver resolver = resolver(port, i % 2 == 0);
        running.add(
            clients.submit(() -> {
              int asked = 0;
              for (; !stopped.get(); asked++) {
                assertThat(answer(resolver.send(question(WEB)))).isEqualTo("10.96.0.1");
              }
              return asked;
            }));
      }
      try {
        for (int i = 1; i <= 50; i++) {
          server.change(corefiles.get(i % corefiles.size()));
        }
      } finally {
        stopped.set(true);
      }
      for (Future<Integer> client : running) {
        assertThat(client.get()).isGreaterThan(50);
      }
    }
  }

  @Test
  void keepsClustersAndCachesThatStayAndEndsThoseThatGo() throws Exception {
    try (var upstream =
        FakeUpstream.answering(query -> Replies.answer(query, "@ 60 IN A 192.0.2.1"))) {
      String forward = "forward . 127.0.0.1:" + upstream.address().getPort();
      try (Server server = Servers.start(parse(block(kubernetes(5), forward, "cache")))) {
        assertThat(ask("www.example.org")).isEqualTo("192.0.2.1");
        Cluster cluster = server.wiring().clusters().all().iterator().next();

        server.change(parse(block(kubernetes(5), forward, "cache", "whoami")));
        assertThat(ask("www.example.org")).isEqualTo("192.0.2.1");
        assertThat(upstream.received()).hasSize(1);
        assertThat(server.wiring().clusters().all()).containsExactly(cluster);

        server.change(parse(block(kubernetes(6), forward, "cache 60")));
        assertThat(ask("www.example.org")).isEqualTo("192.0.2.1");
        assertThat(upstream.received()).hasSize(2);
        assertThat(server.wiring().clusters().all()).doesNotContain(cluster);
      }
    }
  }

  @Test
  void answersWhatWaitedForAnUpstreamThatHasGone() throws Exception {
    var asked = new CountDownLatch(1);
    var release = new CountDownLatch(1);
    try (var upstream =
        FakeUpstream.answering(query -> {
          asked.countDown();
          try {
            release.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return Replies.answer(query, "@ 60 IN A 192.0.2.1");
        })) {
      String forward = "forward . 127.0.0.1:" + upstream.address().getPort();
      try (Server server = Servers.start(parse(block(forward)))) {
        CompletableFuture<Message> waiting =
            resolver(port, false).sendAsync(question("slow.example.org")).toCompletableFuture();
        asked.await();
        server.change(parse(block(kubernetes(5))));
        assertThat(ask("slow.example.org")).isEqualTo("SERVFAIL");
        release.countDown();
        assertThat(answer(waiting.get())).isEqualTo("192.0.2.1");
      }
    }
  }

  @Test
  void changesNothingIfAnAddressIsTaken() throws Exception {
    String admin = "health 127.0.0.1:" + http;
    try (Server server = Servers.start(parse(block(kubernetes(5), admin)));
        var other = new ServerSocket(0, 1, LOCAL)) {
      Cluster cluster = server.wiring().clusters().all().iterator().next();
      Corefile next =
          parse(block("whoami") + blockAt(other.getLocalPort(), "whoami", kubernetes(6)));
      assertThatThrownBy(() -> server.change(next))
          .isInstanceOf(Unservable.class)
          .hasMessageContaining("127.0.0.1:" + other.getLocalPort());
      assertThat(ask(WEB)).isEqualTo("10.96.0.1");
      assertThat(page("/health")).isEqualTo("200 OK");
      assertThat(server.wiring().clusters().all()).containsExactly(cluster);
    }
  }

  /// What is gone is forgotten, lest a server that lives long keeps all that it ever had.
  @Test
  void totalsOfWhatStaysGoOnThroughReloads() throws Exception {
    String metrics = "prometheus 127.0.0.1:" + http;
    String stays = "cluster.local:" + port + " {\n bind 127.0.0.1\n " + kubernetes(5) + "\n}\n";
    Corefile first = parse(stays + block("whoami", metrics));
    Corefile second = parse(stays + "a.example:" + port + " {\n bind 127.0.0.1\n}\n");
    try (Server server = Servers.start(first)) {
      for (int i = 1; i <= 3; i++) {
        assertThat(ask(WEB)).isEqualTo("10.96.0.1");
        var _ = ask("example.org");
        assertThat(page("/metrics"))
            .contains(requests("cluster.local.") + i + "\n", requests(".") + "1\n");
        server.change(second);
        assertThat(ask("example.org")).isEqualTo("REFUSED");
        server.change(first);
        assertThat(page("/metrics")).doesNotContain(requests("."));
      }
    }
  }

  private String requests(String zone) {
    return "coredns_dns_requests_total{server=\"dns://127.0.0.1:%d\",zone=\"%s\",view=\"\",proto=\"udp\",family=\"1\",type=\"A\"} "
        .formatted(port, zone);
  }

  private Reloader reloader(Server server, String text, Path file) {
    var source = CorefileFile.at(file, ParseOptions.ofProcess());
    return Reloader.start(source, server, parse(text), source.read(), told);
  }

  @Test
  void aBadCorefileChangesNothingAndIsCounted() throws Exception {
    Path file = directory.resolve("Corefile");
    String good = block(kubernetes(5), "prometheus 127.0.0.1:" + http, "reload 2s 1s");
    Files.writeString(file, good);
    try (Server server = Servers.start(parse(good));
        Reloader _ = reloader(server, good, file)) {
      Files.writeString(file, block("no-such-directive"));
      await()
          .pollInterval(Duration.ofMillis(50))
          .atMost(Duration.ofSeconds(10))
          .until(() -> page("/metrics").contains("coredns_reload_failed_total 1\n"));
      assertThat(ask(WEB)).isEqualTo("10.96.0.1");

      Files.writeString(file, good.replace("127.0.0.1\n", "127.0.0.1\n chaos\n"));
      await()
          .pollInterval(Duration.ofMillis(50))
          .atMost(Duration.ofSeconds(10))
          .until(() -> page("/metrics").contains("coredns_reload_version_info{hash=\"sha512\""));
      assertThat(page("/metrics")).contains("coredns_reload_failed_total 1\n");
    }
  }

  @Test
  void whatIsImportedCountsAsPartOfTheCorefile() throws Exception {
    Path file = directory.resolve("Corefile");
    Path imported = directory.resolve("more.conf");
    Files.writeString(imported, "whoami\n");
    Files.writeString(file, block("import more.conf", "reload 2s 1s"));
    var source = CorefileFile.at(file, ParseOptions.ofProcess());
    try (Server server = Servers.start(CorefileFile.good(source.read().result()));
        Reloader _ =
            reloader(server, Files.readString(file).replace("import more.conf", ""), file)) {
      assertThat(ask("a.example")).isEqualTo("NOERROR");
      Files.writeString(imported, "whoami # the same\n");
      CorefileReading same = source.read();
      Files.writeString(imported, kubernetes(5));
      assertThat(source.read()).isNotEqualTo(same);
      await().atMost(Duration.ofSeconds(10)).until(() -> ask(WEB).equals("10.96.0.1"));
    }
  }

  private static Forwarding forwarding(Server server, int block) {
    Wiring wiring = server.wiring();
    return Objects.requireNonNull(wiring.forwardings().of(wiring.corefile().blocks().get(block)));
  }

  private static String upstream(Forwarding forwarding) {
    return forwarding.groups().getFirst().upstreams().getFirst().address().getHostString();
  }

  @Test
  void whatStandsInTheFilesOfForwardChangesItsBlockAlone() throws Exception {
    Path file = directory.resolve("Corefile");
    Path resolv = Files.writeString(directory.resolve("resolv.conf"), "nameserver 127.0.0.2\n");
    String text =
        block("forward . " + resolv, "cache", "reload 2s 1s", "prometheus 127.0.0.1:" + http)
            + blockAt(FreePorts.next(), "forward . 127.0.0.4", "cache");
    Files.writeString(file, text);
    try (Server server = Servers.start(parse(text));
        Reloader _ = reloader(server, text, file)) {
      Forwarding first = forwarding(server, 0);
      Forwarding other = forwarding(server, 1);
      Files.writeString(resolv, "nameserver 127.0.0.3\n");
      await().atMost(Duration.ofSeconds(10)).until(() -> forwarding(server, 0) != first);
      Forwarding second = forwarding(server, 0);
      assertThat(upstream(second)).isEqualTo("127.0.0.3");
      assertThat(second.cache()).isNotNull().isSameAs(first.cache());
      assertThat(forwarding(server, 1)).isSameAs(other);

      Files.writeString(resolv, "");
      told.release();
      await()
          .pollInterval(Duration.ofMillis(50))
          .atMost(Duration.ofSeconds(10))
          .until(() -> page("/metrics").contains("coredns_reload_failed_total 1\n"));
      assertThat(forwarding(server, 0)).isSameAs(second);

      server.change(parse(text.replace(resolv.toString(), "127.0.0.2")));
      assertThat(forwarding(server, 0).cache()).isNotSameAs(first.cache());
      assertThat(forwarding(server, 1)).isSameAs(other);
    }
  }

  @Test
  void theLastGoodCorefileStandsIn() throws Exception {
    Path file = directory.resolve("Corefile");
    Path kept = directory.resolve("last");
    Path imported = directory.resolve("more.conf");
    Files.writeString(imported, kubernetes(5));
    String text = block("import more.conf", "reload {\n last_good " + kept + "\n }");
    Files.writeString(file, text);
    var source = CorefileFile.at(file, ParseOptions.ofProcess());
    Corefile corefile = CorefileFile.good(source.read().result());
    LastGood.keep(corefile, source.read().text());
    Files.delete(imported);
    Files.writeString(file, text.replace("bind", "bnid"));
    assertThat(source.read().result()).isInstanceOf(Corefile.Invalid.class);
    assertThat(LastGood.find(source, source.read().legible())).isEqualTo(corefile);

    Files.writeString(kept, KeptFile.Form.COREFILE.mark() + "broken {");
    assertThat(LastGood.find(source, source.read().legible())).isNull();
    Files.delete(kept);
    assertThat(LastGood.find(source, source.read().legible())).isNull();
    for (OddFile odd : OddFile.values()) {
      Path place = directory.resolve("last-" + odd);
      odd.put(place);
      Files.writeString(file, text.replace("bind", "bnid").replace(kept + "", place + ""));
      assertThat(LastGood.find(source, source.read().legible())).isNull();
    }
  }
}
