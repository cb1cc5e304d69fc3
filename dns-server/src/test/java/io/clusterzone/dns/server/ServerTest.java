package io.clusterzone.dns.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.clusterzone.dns.cli.DumpCommandTest;
import io.clusterzone.dns.cli.ImpliedCorefile;
import io.clusterzone.dns.config.Corefile;
import io.clusterzone.dns.config.file.CorefileParser;
import io.clusterzone.dns.config.text.ParseOptions;
import io.clusterzone.k8s.made.MadeOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.NSIDOption;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

/// Directives of a Corefile reach the answers.
final class ServerTest {
  @TempDir Path directory;

  private Server start(String corefile) throws Exception {
    Files.writeString(directory.resolve("web.yaml"), DumpCommandTest.service("web", "10.96.0.1"));
    String text = corefile.replace("DIR", directory.toString());
    var parsed = CorefileParser.read("Corefile", text, ParseOptions.ofProcess()).result();
    assertThat(parsed).isInstanceOf(Corefile.Valid.class);
    return Servers.start(((Corefile.Valid) parsed).corefile());
  }

  private static Message ask(Server server, String name, int type, int recordClass)
      throws IOException {
    return ask(server.addresses().getFirst(), name, type, recordClass);
  }

  private static Message ask(InetSocketAddress address, String name, int type, int recordClass)
      throws IOException {
    var resolver = new SimpleResolver(address);
    resolver.setTimeout(Duration.ofSeconds(10));
    resolver.setEDNS(0, 4096, 0, List.of(new NSIDOption(new byte[0])));
    Record question = Record.newRecord(Name.fromString(name, Name.root), type, recordClass);
    return resolver.send(Message.newQuery(question));
  }

  private static String answer(Message reply) {
    List<Record> answer = reply.getSection(Section.ANSWER);
    return answer.isEmpty() ? Rcode.string(reply.getRcode()) : answer.getFirst().rdataToString();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "kubernetes cluster.local { | web.shop.svc.cluster.local | A | IN | 10.96.0.1",
        "kubernetes cluster.local { | web.shop.svc.cluster.local | ANY | IN | 10.96.0.1",
        "kubernetes a.example { | web.shop.svc.cluster.local | A | IN | SERVFAIL",
        "kubernetes a.example 10.0.0.0/8 { | 1.0.96.10.in-addr.arpa | PTR | IN "
            + "| web.shop.svc.a.example.",
        "kubernetes cluster.local { | web.shop.svc.cluster.local | A | CH | REFUSED",
      })
  void answersFromTheZonesOfKubernetes(
      String line, String name, String type, String recordClass, String answer) throws Exception {
    String corefile = ".:0 {\n bind 127.0.0.1\n " + line + "\n manifests DIR\n }\n}\n";
    try (Server server = start(corefile)) {
      Message reply = ask(server, name, Type.value(type), DClass.value(recordClass));
      assertThat(answer(reply)).isEqualTo(answer);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "chaos v1 me | version.bind | TXT | CH | v1",
        "chaos v1 me | authors.bind | TXT | CH | me",
        "any | a.example | ANY | IN | \"ANY obsoleted\" \"See RFC 8482\"",
        "whoami | a.example | A | IN | NOERROR",
        "errors | a.example | A | IN | SERVFAIL",
      })
  void answersFromOtherDirectives(
      String directive, String name, String type, String recordClass, String answer)
      throws Exception {
    try (Server server = start(".:0 {\n bind 127.0.0.1\n " + directive + "\n}\n")) {
      Message reply = ask(server, name, Type.value(type), DClass.value(recordClass));
      assertThat(answer(reply).replace("\"", "")).isEqualTo(answer.replace("\"", ""));
    }
  }

  @Test
  void identifiesItselfByNsid() throws Exception {
    try (Server server = start(".:0 {\n bind 127.0.0.1\n nsid east-1\n whoami\n}\n")) {
      Message reply = ask(server, "a.example", Type.A, DClass.IN);
      assertThat(reply.getOPT().getOptions(EDNSOption.Code.NSID))
          .singleElement()
          .isEqualTo(new NSIDOption("east-1".getBytes(StandardCharsets.UTF_8)));
    }
  }

  @Test
  void choosesAmongServerBlocksByTheLongestKey() throws Exception {
    String corefile =
        """
        example:0 {
          bind 127.0.0.1
          chaos outer x
        }
        a.example:0 {
          bind 127.0.0.1
          kubernetes {
            manifests DIR
          }
        }
        """;
    try (Server server = start(corefile)) {
      assertThat(answer(ask(server, "web.shop.svc.a.example", Type.A, DClass.IN)))
          .isEqualTo("10.96.0.1");
      assertThat(answer(ask(server, "b.example", Type.A, DClass.IN))).isEqualTo("SERVFAIL");
      assertThat(answer(ask(server, "elsewhere", Type.A, DClass.IN))).isEqualTo("REFUSED");
    }
  }

  @Test
  void listensWhereEachBlockIsBound() throws Exception {
    String corefile =
        """
        a.example:0 {
          bind 127.0.0.1 127.0.0.2
          whoami
        }
        b.example:0 {
          bind 127.0.0.3
          whoami
        }
        """;
    try (Server server = start(corefile)) {
      assertThat(server.addresses())
          .extracting(address -> address.getAddress().getHostAddress())
          .containsExactly("127.0.0.1", "127.0.0.2", "127.0.0.3");
      InetSocketAddress third = server.addresses().get(2);
      assertThat(answer(ask(third, "b.example", Type.A, DClass.IN))).isEqualTo("NOERROR");
      assertThat(answer(ask(third, "a.example", Type.A, DClass.IN))).isEqualTo("REFUSED");
    }
  }

  @Test
  void servesAChangedFileWithoutARestart() throws Exception {
    String corefile =
        ".:0 {\n bind 127.0.0.1\n kubernetes cluster.local {\n manifests DIR\n }\n}\n";
    try (Server server = start(corefile)) {
      Path file = directory.resolve("new.yaml");
      Files.writeString(file, DumpCommandTest.service("new", "10.96.0.2"));
      String name = "new.shop.svc.cluster.local";
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> answer(ask(server, name, Type.A, DClass.IN)).equals("10.96.0.2"));
      Files.delete(file);
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> answer(ask(server, name, Type.A, DClass.IN)).equals("NXDOMAIN"));
    }
  }

  /// k3s writes the names of its nodes beside the Corefile, and changes them as nodes come and go.
  @Test
  void servesNodeHostsAndTheirChanges() throws Exception {
    Path nodes = Files.writeString(directory.resolve("NodeHosts"), "192.0.2.1 node-1\n");
    String corefile =
        """
        .:0 {
          bind 127.0.0.1
          kubernetes cluster.local in-addr.arpa {
            manifests DIR
            pods insecure
            fallthrough in-addr.arpa
          }
          hosts DIR/NodeHosts {
            ttl 60
            reload 50ms
            fallthrough
          }
        }
        """;
    try (Server server = start(corefile)) {
      assertThat(answer(ask(server, "node-1", Type.A, DClass.IN))).isEqualTo("192.0.2.1");
      assertThat(answer(ask(server, "1.2.0.192.in-addr.arpa", Type.PTR, DClass.IN)))
          .isEqualTo("node-1.");
      assertThat(answer(ask(server, "web.shop.svc.cluster.local", Type.A, DClass.IN)))
          .isEqualTo("10.96.0.1");
      Files.writeString(nodes, "192.0.2.1 node-1\n192.0.2.2 node-2\n");
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> answer(ask(server, "node-2", Type.A, DClass.IN)).equals("192.0.2.2"));
    }
  }

  @Test
  void namesTheAddressThatIsTaken() throws Exception {
    try (Server first = start(".:0 {\n bind 127.0.0.1\n whoami\n}\n")) {
      InetAddress address = InetAddress.getLoopbackAddress();
      int port = first.addresses().getFirst().getPort();
      var taken = new ListenAddress(List.of(address), port);
      Corefile second =
          ImpliedCorefile.ofManifests(
              List.of(directory), MadeOptions.NONE, List.of(), List.of(taken));
      assertThatThrownBy(() -> Servers.start(second))
          .isInstanceOf(Unservable.class)
          .hasMessageContaining("127.0.0.1:" + port);
    }
  }

  @Test
  void tellsWhatItServesAndWhere() throws Exception {
    String corefile =
        ".:0 {\n bind 127.0.0.1\n kubernetes cluster.local {\n manifests DIR\n }\n}\n";
    try (Server server = start(corefile)) {
      assertThat(server.describe())
          .hasSize(2)
          .anyMatch(line -> line.matches("serving cluster\\.local\\. \\([1-9]\\d* names\\)"))
          .anyMatch(line -> line.matches("listening on 127\\.0\\.0\\.1:\\d+ over UDP and TCP"));
    }
  }
}
