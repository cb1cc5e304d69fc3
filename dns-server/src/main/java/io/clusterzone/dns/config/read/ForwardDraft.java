package io.clusterzone.dns.config.read;

import io.clusterzone.dns.config.Forward;
import io.clusterzone.dns.config.text.Token;
import io.clusterzone.zones.name.Name;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The options of a `forward` block so far; the initial values are the defaults.
final class ForwardDraft {
  final List<Name> except = new ArrayList<>();
  Forward.Policy policy = Forward.Policy.RANDOM;
  boolean forceTcp;
  boolean preferUdp;
  Forward.Tls tls = Forward.Tls.DEFAULT;

  /// The words that name its files.
  List<Token> tlsFiles = List.of();

  String serverName = "";
  Duration expire = Forward.Connections.DEFAULT.expire();
  Duration maxAge = Forward.Connections.DEFAULT.maxAge();
  int maxIdle = Forward.Connections.DEFAULT.maxIdle();
  Duration readTimeout = Forward.Connections.DEFAULT.readTimeout();
  @Nullable InetAddress source;
  int maxFails = Forward.Health.DEFAULT.maxFails();
  Duration probeInterval = Forward.Health.DEFAULT.interval();
  boolean probeRecursion = Forward.Health.DEFAULT.recursion();
  Name probeDomain = Forward.Health.DEFAULT.domain();
  int maxAttempts = Forward.Health.DEFAULT.maxAttempts();
  boolean failFast = Forward.Health.DEFAULT.failFast();
  int maxConcurrent = Forward.DEFAULT_MAX_CONCURRENT;
  final Set<Integer> failover = new TreeSet<>();
  final Set<Integer> next = new TreeSet<>();
  boolean nextOnNodata;

  Forward.Route build(List<Name> from, List<String> to, List<Forward.Upstream> upstreams) {
    return new Forward.Route(
        from,
        to,
        upstreams,
        except,
        policy,
        transport(),
        tls,
        new Forward.Connections(expire, maxAge, maxIdle, readTimeout, source),
        new Forward.Health(
            maxFails, probeInterval, probeRecursion, probeDomain, maxAttempts, failFast),
        maxConcurrent,
        failover,
        next,
        nextOnNodata);
  }

  /// With both, TCP it is.
  private Forward.Transport transport() {
    if (forceTcp) {
      return Forward.Transport.TCP;
    }
    return preferUdp ? Forward.Transport.UDP_FIRST : Forward.Transport.AS_CLIENT;
  }
}
