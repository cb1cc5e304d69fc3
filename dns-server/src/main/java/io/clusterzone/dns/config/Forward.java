package io.clusterzone.dns.config;

import io.clusterzone.zones.name.Name;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// `forward`: which questions are asked elsewhere. The first route that is for a name takes it.
///
/// @param routes one for each line, in the order of the file
public record Forward(List<Route> routes) implements Directive {
  /// The most upstreams of one route.
  public static final int MAX_UPSTREAMS = 15;

  /// The default of `max_concurrent`, and the meaning of 0: memory stays bounded when upstreams do
  /// not answer.
  public static final int DEFAULT_MAX_CONCURRENT = Shed.DEFAULT_WAITING;

  public static final int MOST_CONCURRENT = 1_000_000;

  public Forward {
    routes = List.copyOf(routes);
  }

  /// The directive without the texts of the files that it names.
  public Forward withoutTexts() {
    return new Forward(routes.stream().map(Route::withoutTexts).toList());
  }

  /// In which order upstreams are asked.
  public enum Policy {
    /// Beginning with any of them.
    RANDOM,
    /// Beginning with the one after that of the last question.
    ROUND_ROBIN,
    /// Beginning with the first.
    SEQUENTIAL
  }

  /// One line.
  ///
  /// @param from at or below which names this is for; several only for a prefix that is split
  /// @param to the servers to ask, word by word; files are among them
  /// @param upstreams the servers that these words mean, 1 to [#MAX_UPSTREAMS]; fewer where the
  ///   Corefile is not good
  /// @param except names at or below which this is not for
  /// @param policy [Policy#RANDOM] by default
  /// @param transport the transport to upstreams without TLS
  /// @param tls the files that connections over TLS show and check
  /// @param connections the number of idle connections and the time they are kept
  /// @param health when an upstream is taken out
  /// @param maxConcurrent questions that may wait for an answer at once
  /// @param failover response codes at which the next upstream is asked
  /// @param next response codes at which the next route is asked
  /// @param nextOnNodata whether a NODATA reply makes the next route asked
  public record Route(
      List<Name> from,
      List<String> to,
      List<Upstream> upstreams,
      List<Name> except,
      Policy policy,
      Transport transport,
      Tls tls,
      Connections connections,
      Health health,
      int maxConcurrent,
      Set<Integer> failover,
      Set<Integer> next,
      boolean nextOnNodata) {
    public Route {
      from = List.copyOf(from);
      to = List.copyOf(to);
      upstreams = List.copyOf(upstreams);
      except = List.copyOf(except);
      failover = Set.copyOf(failover);
      next = Set.copyOf(next);
    }

    private Route withoutTexts() {
      return new Route(
          from,
          to,
          List.of(),
          except,
          policy,
          transport,
          tls.withoutTexts(),
          connections,
          health,
          maxConcurrent,
          failover,
          next,
          nextOnNodata);
    }
  }

  /// One server to ask.
  ///
  /// @param tls whether it is asked over TLS (RFC 7858)
  /// @param serverName the name its certificate must have; empty: its address
  public record Upstream(InetSocketAddress address, boolean tls, String serverName) {}

  /// The transport to an upstream without TLS.
  public enum Transport {
    /// As the client asked.
    AS_CLIENT,
    /// Over UDP, and over TCP if the reply is truncated, whichever the client used.
    UDP_FIRST,
    /// Over TCP.
    TCP
  }

  /// The files that connections over TLS show and check.
  ///
  /// @param certificate of this server; may be none
  /// @param key of the certificate; may be none
  /// @param authority the certificates that upstreams are checked with; if none, those of the
  ///   system
  public record Tls(PemFile certificate, PemFile key, PemFile authority) {
    public static final Tls DEFAULT = new Tls(PemFile.NONE, PemFile.NONE, PemFile.NONE);

    private Tls withoutTexts() {
      return new Tls(certificate.withoutText(), key.withoutText(), authority.withoutText());
    }
  }

  /// The opening and keeping of sockets to upstreams.
  ///
  /// @param expire after which an idle connection is closed
  /// @param maxAge after which a connection takes no more questions; zero: no limit
  /// @param maxIdle idle connections kept for each upstream; 0: no limit of its own
  /// @param readTimeout for an upstream to answer
  /// @param source the address that questions come from; null: the one that the route has
  public record Connections(
      Duration expire,
      Duration maxAge,
      int maxIdle,
      Duration readTimeout,
      @Nullable InetAddress source) {
    private static final Duration LEAST_IN_ALL = Duration.ofSeconds(5);

    public static final Connections DEFAULT =
        new Connections(Duration.ofSeconds(10), Duration.ZERO, 0, Duration.ofSeconds(2), null);

    /// For all upstreams together to answer: one of them has its time whole.
    public Duration timeout() {
      return readTimeout.compareTo(LEAST_IN_ALL) < 0 ? LEAST_IN_ALL : readTimeout;
    }
  }

  /// The treatment of failing upstreams.
  ///
  /// @param maxFails failures in a row that take an upstream out; 0: never
  /// @param interval between probes of an upstream that failed
  /// @param recursion whether a probe asks for recursion
  /// @param domain whose NS records a probe asks for
  /// @param maxAttempts upstreams asked for one question; 0: twice their number
  /// @param failFast whether questions fail while all upstreams are out, instead of one being asked
  ///   at random
  public record Health(
      int maxFails,
      Duration interval,
      boolean recursion,
      Name domain,
      int maxAttempts,
      boolean failFast) {
    public static final Health DEFAULT =
        new Health(2, Duration.ofMillis(500), true, Name.ROOT, 0, false);
  }
}
