package io.clusterzone.dns.transport;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The thread "address-scan", which looks for new and gone addresses of this host. It survives
/// whatever a look throws.
final class AddressScan {
  private static final Logger LOG = LoggerFactory.getLogger(AddressScan.class);
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final ScheduledExecutorService executor;

  private AddressScan(ScheduledExecutorService executor) {
    this.executor = executor;
  }

  /// Scans what `wildcards` gives, every `period`, on a daemon thread.
  ///
  /// @param missing looks for addresses that listeners wait for, every second or `period`
  static AddressScan start(
      Supplier<List<LocalAddresses>> wildcards, Duration period, Runnable missing) {
    ScheduledExecutorService executor =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("address-scan").daemon().factory());
    every(executor, period, () -> wildcards.get().forEach(LocalAddresses::scan));
    every(executor, period.compareTo(SECOND) < 0 ? period : SECOND, missing);
    return new AddressScan(executor);
  }

  private static void every(ScheduledExecutorService executor, Duration period, Runnable look) {
    Runnable safe =
        () -> {
          try {
            look.run();
          } catch (RuntimeException | Error e) {
            LOG.error("a look at the addresses of this host failed", e);
          }
        };
    ScheduledFuture<?> _ =
        executor.scheduleWithFixedDelay(
            safe, period.toNanos(), period.toNanos(), TimeUnit.NANOSECONDS);
  }

  void stop() {
    executor.shutdownNow();
  }
}
