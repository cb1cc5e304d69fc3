package io.clusterzone.dns.server;

import io.clusterzone.dns.config.Corefile;
import io.clusterzone.dns.config.Reload;
import io.clusterzone.dns.config.file.CorefileReading;
import io.clusterzone.k8s.thread.LastLook;
import io.clusterzone.k8s.thread.SteadyThread;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The thread "reload": takes the Corefile again when it has changed, as often as the directive
/// `reload` says, and when asked to.
///
/// It compares the reading as a whole: imports, environment, and the files that directives read
/// when the Corefile is read. A Corefile that cannot be served is reported once, not at each look,
/// and the one before goes on.
public final class Reloader implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Reloader.class);

  private static final Duration LACKING = Duration.ofSeconds(5);

  /// The time that the end waits for a change in progress.
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final CorefileFile file;
  private final Server server;
  private final Semaphore told;
  private final SteadyThread thread;
  private final LastLook looked;
  private CorefileReading seen;
  private @Nullable Reload directive;

  private Reloader(
      CorefileFile file, Server server, Corefile corefile, CorefileReading seen, Semaphore told) {
    this.file = file;
    this.server = server;
    this.seen = seen;
    this.told = told;
    this.directive = corefile.findFirst(Reload.class);
    this.looked = new LastLook("Corefile " + file.path(), interval(), System::nanoTime);
    server.reloads().follows(looked);
    this.thread = SteadyThread.loop("reload", this::step);
  }

  /// Starts the thread.
  ///
  /// @param corefile that is served
  /// @param seen the Corefile read last, served or not
  /// @param told a permit makes it take the Corefile again now, whether it has changed or not; from
  ///   any thread, and before the start too
  public static Reloader start(
      CorefileFile file, Server server, Corefile corefile, CorefileReading seen, Semaphore told) {
    var reloader = new Reloader(file, server, corefile, seen, told);
    reloader.thread.start();
    return reloader;
  }

  private void step() throws InterruptedException {
    boolean asked = await();
    told.drainPermits();
    look(asked);
    looked.every(interval());
    looked.taken();
  }

  /// Waits for the next look, and returns whether it was asked for.
  ///
  /// A Corefile that is served but lacks something that may come by itself is looked at in any
  /// case.
  private boolean await() throws InterruptedException {
    boolean lacking = seen.startable() && seen.result() instanceof Corefile.Invalid;
    if (directive == null && !lacking) {
      told.acquire();
      return true;
    }
    Duration delay = directive == null ? LACKING : delay(directive);
    return told.tryAcquire(delay.toMillis(), TimeUnit.MILLISECONDS);
  }

  /// Zero if it is looked at only when asked to.
  private Duration interval() {
    return directive == null ? Duration.ZERO : directive.interval();
  }

  /// The interval, as far off as the jitter may be: replicas drift apart.
  private static Duration delay(Reload reload) {
    long jitter = reload.jitter().toMillis();
    return reload.interval().plusMillis(ThreadLocalRandom.current().nextLong(-jitter, jitter + 1));
  }

  private void look(boolean asked) throws InterruptedException {
    CorefileReading reading = file.read(seen.legible());
    if (!asked && reading.equals(seen)) {
      return;
    }
    seen = reading;
    try {
      take(reading);
    } catch (Unservable e) {
      server.reloads().failed();
      e.lines()
          .forEach(line -> LOG.error("reload: the Corefile before goes on being served: {}", line));
    } catch (RuntimeException | Error e) {
      server.reloads().failed();
      LOG.error("reload: failed over {}", reading.text().sha512(), e);
    }
  }

  private void take(CorefileReading reading) throws InterruptedException {
    Corefile corefile = CorefileFile.good(reading.result());
    CorefileFile.tellWarnings(reading);
    server.change(corefile);
    directive = corefile.findFirst(Reload.class);
    server.reloads().serves(reading.text().sha512());
    LastGood.keep(corefile, reading.text());
    LOG.info("reload: serving the Corefile as it is now");
  }

  /// Ends the thread after the change in progress is done or abandoned, or after a moment.
  @Override
  public void close() {
    thread.close();
    var _ = thread.awaitEnd(PATIENCE);
  }
}
