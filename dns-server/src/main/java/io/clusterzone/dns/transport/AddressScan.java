package io.clusterzone.dns.transport;

import io.clusterzone.k8s.thread.SteadyThread;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/// The threads "address-scan" and "address-wait". The first looks for new and gone addresses of
/// this host, the other for those that listeners wait for.
final class AddressScan {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final List<SteadyThread> threads;

  private AddressScan(List<SteadyThread> threads) {
    this.threads = threads;
  }

  /// Scans what `wildcards` gives, every `period`.
  ///
  /// @param missing looks for addresses that listeners wait for, every second or `period`
  static AddressScan start(
      Supplier<List<LocalAddresses>> wildcards, Duration period, Runnable missing) {
    Duration sooner = period.compareTo(SECOND) < 0 ? period : SECOND;
    return new AddressScan(
        List.of(
            every("address-scan", period, () -> wildcards.get().forEach(LocalAddresses::scan)),
            every("address-wait", sooner, missing)));
  }

  private static SteadyThread every(String name, Duration period, Runnable look) {
    SteadyThread thread =
        SteadyThread.loop(
            name,
            () -> {
              Thread.sleep(period);
              look.run();
            });
    thread.start();
    return thread;
  }

  void stop() {
    threads.forEach(SteadyThread::close);
  }
}
