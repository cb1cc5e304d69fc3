package io.clusterzone.dns.replica;

import io.clusterzone.dns.compare.Answer;
import io.clusterzone.dns.compare.ComparedQuestion;
import io.clusterzone.dns.compare.exchange.Exchange;
import io.clusterzone.zones.name.Name;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Asks several servers the same until each has answered as it should, over UDP, and over TCP where
/// a reply is truncated. A server that has is not asked again.
///
/// @param wanted the answer that is waited for
/// @param timeout after which a server is given up
/// @param interval between questions to one server
public record Waiting(Name name, Wanted wanted, Duration timeout, Duration interval) {
  /// The time before a query is sent again, and then before it is given up.
  private static final Duration PATIENCE = Duration.ofMillis(500);

  private static final long TURN_NANOS = 100_000_000;

  /// The outcome of one server.
  ///
  /// @param met whether it has answered so
  /// @param said its last answer, in a few words
  /// @param took until then
  public record Outcome(InetSocketAddress server, boolean met, String said, Duration took) {}

  /// Takes the outcome of a server as soon as it is there.
  @FunctionalInterface
  public interface Listener {
    /// By one thread at a time.
    void ended(Outcome outcome);
  }

  /// Waits for all of them.
  ///
  /// @return the outcomes, in the order of the servers
  public List<Outcome> of(List<InetSocketAddress> servers, Listener listener)
      throws InterruptedException {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Outcome>> all = new ArrayList<>();
      for (InetSocketAddress server : servers) {
        all.add(
            threads.submit(() -> {
              Outcome outcome = of(server);
              synchronized (listener) {
                listener.ended(outcome);
              }
              return outcome;
            }));
      }
      List<Outcome> outcomes = new ArrayList<>();
      for (Future<Outcome> one : all) {
        outcomes.add(one.get());
      }
      return outcomes;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  private Outcome of(InetSocketAddress server) throws InterruptedException {
    long start = System.nanoTime();
    long end = start + timeout.toNanos();
    String said = "no reply";
    while (true) {
      @Nullable Answer answer = null;
      try (var exchange = new Exchange(List.of(server), PATIENCE)) {
        answer = ask(exchange, end);
      } catch (IOException e) {
        said = "cannot be asked: " + e.getMessage();
      }
      if (answer != null) {
        said = Wanted.said(answer, wanted.type());
      }
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      boolean met = answer != null && wanted.isMetBy(answer);
      if (met || took.plus(interval).compareTo(timeout) >= 0) {
        return new Outcome(server, met, said, took);
      }
      Thread.sleep(interval);
    }
  }

  /// The answer; null if the time was over first.
  private @Nullable Answer ask(Exchange exchange, long endNanos) {
    var answer = new AtomicReference<@Nullable Answer>();
    exchange.ask(
        ComparedQuestion.of(name, wanted.type()), done -> answer.set(done.answers().getFirst()));
    while (exchange.inFlight() > 0 && endNanos - System.nanoTime() > 0) {
      exchange.turn(Math.min(TURN_NANOS, Math.max(1, endNanos - System.nanoTime())));
    }
    return answer.get();
  }
}
