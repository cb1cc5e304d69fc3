package io.clusterzone.dns.forward;

import io.clusterzone.dns.forward.reply.TtlCaps;
import io.clusterzone.zones.name.Name;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// How one block forwards. Each value is a setting of the directive `forward`.
///
/// @param to whom the directive names, told where there are no upstreams
/// @param upstreams asked in the order that `policy` says; up to 15
/// @param except names at or below which nothing is forwarded
/// @param transport how upstreams without TLS are asked
/// @param maxFails failures in a row that take an upstream out; 0 never does
/// @param probeInterval between probes of an upstream that failed
/// @param probeName whose NS records a probe asks for
/// @param probeRecursion whether a probe asks for recursion
/// @param maxConcurrent questions that may wait at once, in all event loops together
/// @param failover response codes at which the next upstream is asked
/// @param failFast answer SERVFAIL when all upstreams are down, instead of asking one at random
/// @param maxAttempts upstreams asked for one question; 0 for twice their number
/// @param ttlCaps of what upstreams say
/// @param source the address that sockets are bound to; null for the one that the route has
public record ForwardOptions(
    String to,
    List<Upstream> upstreams,
    List<Name> except,
    Policy policy,
    UpstreamTransport transport,
    int maxFails,
    Duration probeInterval,
    Name probeName,
    boolean probeRecursion,
    int maxConcurrent,
    Set<Integer> failover,
    boolean failFast,
    int maxAttempts,
    TtlCaps ttlCaps,
    ForwardTimes times,
    @Nullable InetAddress source) {
  public ForwardOptions {
    upstreams = List.copyOf(upstreams);
    except = List.copyOf(except);
    failover = Set.copyOf(failover);
  }

  int attempts() {
    return maxAttempts > 0 ? maxAttempts : 2 * upstreams.size();
  }
}
