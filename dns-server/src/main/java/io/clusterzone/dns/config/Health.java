package io.clusterzone.dns.config;

import java.net.InetSocketAddress;
import java.time.Duration;

/// `health`: says over HTTP that the process lives, at `/health`.
///
/// @param address where to listen; a wildcard address is every address of the host
/// @param lameduck the time for which the process goes on answering after the signal to stop
public record Health(InetSocketAddress address, Duration lameduck) implements Directive {
  public static final Health DEFAULT = new Health(new InetSocketAddress(8080), Duration.ZERO);

  @Override
  public boolean hasPart() {
    return false;
  }
}
