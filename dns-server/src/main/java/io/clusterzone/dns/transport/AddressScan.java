package io.clusterzone.dns.transport;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// The thread "address-scan", which looks for new and gone addresses of this host.
final class AddressScan {
  private final ScheduledExecutorService executor;

  private AddressScan(ScheduledExecutorService executor) {
    this.executor = executor;
  }

  /// Scans what `wildcards` gives, every `period`, on a daemon thread.
  static AddressScan start(Supplier<List<LocalAddresses>> wildcards, Duration period) {
    ScheduledExecutorService executor =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("address-scan").daemon().factory());
    ScheduledFuture<?> _ =
        executor.scheduleWithFixedDelay(
            () -> wildcards.get().forEach(LocalAddresses::scan),
            period.toNanos(),
            period.toNanos(),
            TimeUnit.NANOSECONDS);
    return new AddressScan(executor);
  }

  void stop() {
    executor.shutdownNow();
  }
}
