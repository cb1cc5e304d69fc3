package io.clusterzone.k8s.api.connect;

import java.time.Instant;
import java.util.concurrent.TimeUnit;

/// Time as the reflectors see it: tests pass their own. Safe on any thread.
public interface Timing {
  Timing SYSTEM =
      new Timing() {
        @Override
        public long nanoTime() {
          return System.nanoTime();
        }

        @Override
        public Instant now() {
          return Instant.now();
        }

        @Override
        public void sleep(long nanos) throws InterruptedException {
          TimeUnit.NANOSECONDS.sleep(nanos);
        }
      };

  /// Only differences mean anything.
  long nanoTime();

  Instant now();

  /// Returns when this many nanoseconds have passed.
  ///
  /// @throws InterruptedException if the thread is interrupted meanwhile
  void sleep(long nanos) throws InterruptedException;
}
