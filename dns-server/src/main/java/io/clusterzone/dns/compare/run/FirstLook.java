package io.clusterzone.dns.compare.run;

import io.clusterzone.dns.compare.Answer;
import io.clusterzone.dns.compare.ComparedQuestion;
import io.clusterzone.dns.compare.exchange.Exchange;
import io.clusterzone.zones.record.RRType;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/// One question before all others, since an address where nobody listens would cost the time-out of
/// each of them.
public final class FirstLook {
  private static final long TURN_NANOS = 20_000_000;

  private FirstLook() {}

  /// The servers that do not reply at all, ours among them.
  ///
  /// @throws IOException if there is no way to one of the addresses
  public static List<InetSocketAddress> silent(CompareOptions options) throws IOException {
    List<InetSocketAddress> servers = new ArrayList<>(options.there());
    servers.addFirst(options.here());
    List<InetSocketAddress> silent = new ArrayList<>();
    ComparedQuestion question =
        ComparedQuestion.of(options.zones().apexes().getFirst(), RRType.SOA);
    try (var exchange = new Exchange(servers, options.replyTime())) {
      exchange.ask(
          question,
          exchanged -> {
            for (int i = 0; i < servers.size(); i++) {
              if (exchanged.answers().get(i) instanceof Answer.Silence) {
                silent.add(servers.get(i));
              }
            }
          });
      while (exchange.inFlight() > 0) {
        exchange.turn(TURN_NANOS);
      }
    }
    return silent;
  }
}
