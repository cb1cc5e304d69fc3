package io.clusterzone.dns.transport;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/// The thread "address-scan", which looks for new and gone addresses of this host.
final class AddressScan {
  private final ScheduledExecutorService executor;

  private AddressScan(ScheduledExecutorService executor) {
    this.executor = executor;
  }

  /// Scans every `period` on a daemon thread.
  static AddressScan start(List<LocalAddresses> wildcards, Duration period) {
    ScheduledExecutorService executor =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("address-scan").daemon().factory());
    for (LocalAddresses addresses : wildcards) {
      ScheduledFuture<?> _ =
          executor.scheduleWithFixedDelay(
              addresses::scan, period.toNanos(), period.toNanos(), TimeUnit.NANOSECONDS);
    }
    return new AddressScan(executor);
  }

  void stop() {
    executor.shutdownNow();
  }
}
