package io.clusterzone.dns.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.dns.cli.ImpliedCorefile;
import io.clusterzone.dns.cli.MadeFlags;
import io.clusterzone.dns.explain.ExplainRequest;
import io.clusterzone.dns.explain.Explainer;
import io.clusterzone.dns.explain.ResolverKind;
import io.clusterzone.dns.ops.Mnemonics;
import io.clusterzone.zones.record.RRType;
import io.clusterzone.zones.zone.Node;
import io.clusterzone.zones.zone.Zone;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;
import tools.jackson.databind.JsonNode;

/// The answers of an explanation are the server's: each name of the example, and one that does not
/// exist beside each, is asked over the network and explained.
final class ExplainedServerTest {
  private static final List<Integer> TYPES = List.of(RRType.A, RRType.SRV, RRType.PTR, RRType.TXT);

  private static Server server;

  @BeforeAll
  static void start() throws InterruptedException {
    var loopback = new ListenAddress(List.of(InetAddress.getLoopbackAddress()), 0);
    server =
        Servers.start(
            ImpliedCorefile.ofManifests(
                List.of(Path.of("../deploy/example")),
                new MadeFlags().options(),
                List.of(),
                List.of(loopback)));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void everyNameOfTheExampleIsExplainedAsItIsAnswered() throws Exception {
    var resolver = new SimpleResolver(server.addresses().getFirst());
    resolver.setTCP(true);
    List<String> explained = new ArrayList<>();
    List<String> answered = new ArrayList<>();
    for (String name : names()) {
      JsonNode json = explain(name, TYPES);
      for (JsonNode reply : json.path("replies")) {
        explained.add(text(reply));
        answered.add(ask(resolver, name, reply.path("type").asString()));
      }
    }
    assertThat(explained).hasSizeGreaterThan(300).isEqualTo(answered);
    assertThat(explained).anyMatch(line -> line.contains("NXDOMAIN"));
    assertThat(explained).anyMatch(line -> line.contains("REFUSED"));
  }

  private static JsonNode explain(String name, List<Integer> types) throws InterruptedException {
    return new Explainer(Objects.requireNonNull(server.explained()))
        .explain(new ExplainRequest(name, types, "", ResolverKind.GLIBC, 5));
  }

  private static List<String> names() {
    List<String> names = new ArrayList<>();
    for (Cluster cluster : server.wiring().clusters().all()) {
      for (Zone zone : cluster.table().current().all()) {
        for (Node node : zone.nodesInOrder()) {
          names.add(node.owner().toString());
          names.add("none." + node.owner());
        }
      }
    }
    names.add("example.com.");
    return names;
  }

  private static String ask(SimpleResolver resolver, String name, String type) throws IOException {
    Message reply =
        resolver.send(
            Message.newQuery(Record.newRecord(Name.fromString(name), Type.value(type), DClass.IN)));
    return "%s %s %s %s %s"
        .formatted(
            name,
            type,
            Rcode.string(reply.getRcode()),
            rows(reply, Section.ANSWER),
            rows(reply, Section.AUTHORITY));
  }

  private static List<String> rows(Message reply, int section) {
    return reply.getSection(section).stream()
        .map(record ->
            record.getName()
                + " "
                + record.getTTL()
                + " "
                + Mnemonics.type(record.getType())
                + " "
                + record.rdataToString())
        .sorted()
        .toList();
  }

  private static String text(JsonNode reply) {
    return "%s %s %s %s %s"
        .formatted(
            reply.path("name").asString(),
            reply.path("type").asString(),
            reply.path("rcode").asString(),
            rows(reply.path("answer")),
            rows(reply.path("authority")));
  }

  private static List<String> rows(JsonNode rows) {
    return Stream.of(rows)
        .flatMap(JsonNode::valueStream)
        .map(row ->
            row.path("name").asString()
                + " "
                + row.path("ttl").asInt()
                + " "
                + row.path("type").asString()
                + " "
                + row.path("data").asString())
        .sorted()
        .toList();
  }
}
