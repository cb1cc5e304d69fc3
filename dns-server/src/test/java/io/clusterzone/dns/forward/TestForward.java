package io.clusterzone.dns.forward;

import io.clusterzone.dns.config.Forward;
import io.clusterzone.dns.forward.reply.TtlCaps;
import io.clusterzone.dns.ops.UpstreamCounters;
import io.clusterzone.zones.name.Name;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Forwarding in tests: to the upstreams in their order, none of which is ever taken out, with more
/// time than a slow machine needs. Each test says what it has otherwise.
public final class TestForward {
  private final List<Upstream> upstreams;
  private List<Name> except = List.of();
  private Forward.Transport transport = Forward.Transport.AS_CLIENT;
  private int maxFails;
  private Duration probeInterval = Duration.ofSeconds(1);
  private int maxConcurrent = 1000;
  private int maxAttempts;
  private Set<Integer> next = Set.of();
  private TtlCaps ttlCaps = TtlCaps.of(3600);
  private Duration attempt = Duration.ofSeconds(5);
  private @Nullable InetAddress source;

  private TestForward(List<Upstream> upstreams) {
    this.upstreams = upstreams;
  }

  public static TestForward to(List<Upstream> upstreams) {
    return new TestForward(upstreams);
  }

  public static TestForward to(Upstream upstream) {
    return to(List.of(upstream));
  }

  public static TestForward to(FakeUpstream upstream) {
    return to(new Upstream(upstream.address(), null, "", new UpstreamCounters()));
  }

  TestForward except(String name) {
    except = List.of(Name.parse(name));
    return this;
  }

  TestForward over(Forward.Transport wanted) {
    transport = wanted;
    return this;
  }

  /// Takes upstreams out after two failures, until a probe succeeds.
  public TestForward probing(Duration interval) {
    maxFails = 2;
    probeInterval = interval;
    return this;
  }

  public TestForward maxConcurrent(int questions) {
    maxConcurrent = questions;
    return this;
  }

  public TestForward maxAttempts(int upstreamsAsked) {
    maxAttempts = upstreamsAsked;
    return this;
  }

  TestForward maxTtlSeconds(int seconds) {
    ttlCaps = TtlCaps.of(seconds);
    return this;
  }

  /// Hands replies with these codes on.
  public TestForward next(Integer... rcodes) {
    next = Set.of(rcodes);
    return this;
  }

  public TestForward attempt(Duration timeout) {
    attempt = timeout;
    return this;
  }

  TestForward from(String address) {
    source = InetAddress.ofLiteral(address);
    return this;
  }

  private Forward.Route route() {
    return new Forward.Route(
        List.of(Name.ROOT),
        List.of("resolv.conf"),
        List.of(),
        except,
        Forward.Policy.SEQUENTIAL,
        transport,
        Forward.Tls.DEFAULT,
        new Forward.Connections(Duration.ofSeconds(10), Duration.ZERO, 0, attempt, source),
        new Forward.Health(maxFails, probeInterval, true, Name.ROOT, maxAttempts, false),
        maxConcurrent,
        Set.of(),
        next,
        false);
  }

  public UpstreamGroup group(WaitingRoom room) {
    return new UpstreamGroup(route(), upstreams, ttlCaps, room);
  }

  public UpstreamGroup group() {
    return group(new WaitingRoom());
  }
}
