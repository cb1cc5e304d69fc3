package io.clusterzone.dns.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.dns.forward.Forwarding;
import io.clusterzone.dns.forward.LoopDetector;
import io.clusterzone.dns.forward.TestForward;
import io.clusterzone.dns.forward.Upstream;
import io.clusterzone.dns.forward.UpstreamGroup;
import io.clusterzone.dns.ops.Counters;
import io.clusterzone.dns.ops.UpstreamCounters;
import io.clusterzone.dns.ops.log.Log;
import io.clusterzone.dns.transport.DnsServer;
import io.clusterzone.dns.transport.Listener;
import io.clusterzone.dns.transport.TransportOptions;
import io.clusterzone.k8s.api.FreePorts;
import io.clusterzone.zones.name.Name;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

/// A server that forwards to itself, as with a node's stub resolver in its `/etc/resolv.conf`.
final class LoopTest {
  private static Message ask(InetSocketAddress server, String name) throws Exception {
    var resolver = new SimpleResolver(server);
    resolver.setEDNS(0, 1232, 0, List.of());
    resolver.setTimeout(Duration.ofSeconds(20));
    return resolver.send(
        Message.newQuery(Record.newRecord(org.xbill.DNS.Name.fromString(name), Type.A, DClass.IN)));
  }

  @Test
  void takesOutAnUpstreamThatLeadsBackHereAndServesOn() throws Exception {
    int port = FreePorts.next();
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    var upstream = new Upstream(address, null, "", new UpstreamCounters());
    UpstreamGroup group = TestForward.to(upstream).probing(Duration.ofMillis(500)).group();
    var detector = new LoopDetector(List.of(group), Name.ROOT, Duration.ofMillis(50));
    ServerBlock block =
        TestBlocks.at(".")
            .kubernetes(TestBlocks.zones(true, "cluster.local"), "cluster.local", "")
            .forwarding(new Forwarding(null, List.of(group), detector))
            .block();
    var counters = new Counters(1, List.of(block.scope(), Bench.UNMATCHED));
    Log log = Log.start(new StringBuilder(), 100);
    DnsServer server =
        DnsServer.start(
            TransportOptions.DEFAULTS.withLoops(1),
            counters,
            List.of(
                new Listener(
                    List.of(InetAddress.getLoopbackAddress()),
                    port,
                    loop ->
                        new QueryHandler(
                            List.of(block),
                            Bench.UNMATCHED,
                            counters.loop(0),
                            log,
                            new Workbench(1, loop.channels())))));
    try {
      Awaitility.await().until(() -> group.looping() == 1);

      Message outside = ask(address, "www.example.org.");
      assertThat(outside.getRcode()).isEqualTo(Rcode.SERVFAIL);
      assertThat(outside.getOPT().getOptions())
          .singleElement()
          .asInstanceOf(
              org.assertj.core.api.InstanceOfAssertFactories.type(ExtendedErrorCodeOption.class))
          .matches(error -> error.getErrorCode() == 23)
          .matches(error -> error.getText().contains("leads back here"));
      assertThat(ask(address, "web.cluster.local.").getRcode()).isEqualTo(Rcode.NOERROR);
    } finally {
      server.stop(Duration.ofSeconds(1));
      log.close();
    }
  }
}
