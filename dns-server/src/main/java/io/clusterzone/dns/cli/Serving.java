package io.clusterzone.dns.cli;

import io.clusterzone.dns.config.Admin;
import io.clusterzone.dns.config.Corefile;
import io.clusterzone.dns.config.file.CorefileReading;
import io.clusterzone.dns.ops.diagnose.HeapWatch;
import io.clusterzone.dns.ops.log.Log;
import io.clusterzone.dns.server.CorefileFile;
import io.clusterzone.dns.server.LastGood;
import io.clusterzone.dns.server.LogOutput;
import io.clusterzone.dns.server.ProcessOutput;
import io.clusterzone.dns.server.Reloader;
import io.clusterzone.dns.server.Server;
import io.clusterzone.dns.server.Unservable;
import io.clusterzone.k8s.kept.KeptFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The life of a serving process: start, report, take the Corefile again when it changes, wait for
/// a signal, answer queries in flight, end with 0. Runs on the main thread.
final class Serving {
  private static final Logger LOG = LoggerFactory.getLogger(Serving.class);

  /// The signals that ask for the end.
  private static final List<String> ENDING = List.of("TERM", "INT", "HUP");

  private Serving() {}

  /// A server, and what changes it; null if nothing does.
  private record Running(Server server, @Nullable Reloader reloader) {
    void stop() {
      if (reloader != null) {
        reloader.close();
      }
      try {
        server.drain();
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
      server.close();
    }
  }

  /// Serves until the process ends; returns only by an exception.
  static void run(ServeOptions options) throws InterruptedException {
    var reloads = new Semaphore(0);
    Signals.on("USR1", reloads::release);
    Corefile implied = ServedCorefile.implied(options);
    Log log;
    Running running;
    if (implied == null) {
      CorefileFile file = ServedCorefile.file(options);
      log = LogOutput.ofServer();
      running = ofCorefile(file, log, reloads);
    } else {
      log = LogOutput.ofServer();
      running = new Running(Server.start(implied, log, Admin.DEFAULT), null);
      Signals.on(
          "USR1",
          () ->
              LOG.info("reload: there is no Corefile, and the cluster is followed as it changes"));
    }
    writePid(options.pidfile);
    stopAtSignals(running);
    if (!options.quiet) {
      running.server().describe().forEach(LOG::info);
    }
    HeapWatch.start(running.server()::followsClusters);
    new CountDownLatch(1).await();
  }

  private static Running ofCorefile(CorefileFile file, Log log, Semaphore reloads)
      throws InterruptedException {
    CorefileReading reading = file.readAtStart();
    Corefile corefile;
    Server server;
    try {
      corefile = CorefileFile.startable(reading);
      server = Server.start(corefile, log, Admin.DEFAULT);
      if (reading.result() instanceof Corefile.Valid) {
        server.reloads().serves(reading.text().sha512());
        LastGood.keep(corefile, reading.text());
      } else {
        server.reloads().failed();
      }
    } catch (Unservable e) {
      corefile = LastGood.find(file, reading.legible());
      if (corefile == null) {
        throw e;
      }
      e.lines().forEach(line -> LOG.error("the Corefile cannot be served: {}", line));
      server = Server.start(corefile, log, Admin.DEFAULT);
      server.reloads().failed();
    }
    return new Running(server, Reloader.start(file, server, corefile, reading, reloads));
  }

  /// Until here a signal ends the process as it ends any other: nothing is served yet. From here
  /// on, each means an orderly end with 0.
  private static void stopAtSignals(Running running) {
    var first = new AtomicBoolean(true);
    for (String signal : ENDING) {
      Signals.on(
          signal,
          () -> {
            if (first.getAndSet(false)) {
              stop(running);
            }
          });
    }
  }

  /// Stops in order on a thread of its own. The process ends within a bounded time, however long
  /// that thread waits.
  private static void stop(Running running) {
    try {
      LOG.info("stopping");
      Duration patience = running.server().longestStop();
      Thread stopping = Thread.ofPlatform().name("stop").daemon().start(running::stop);
      if (!stopping.join(patience)) {
        LOG.warn("not all has come to its end within {} s; ending", patience.toSeconds());
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      ProcessOutput.end(Commands.OK);
    }
  }

  private static void writePid(@Nullable Path file) {
    if (file == null) {
      return;
    }
    var kept = new KeptFile(file, KeptFile.Form.PROCESS_ID);
    try {
      kept.removeUnfinished();
      kept.write(ProcessHandle.current().pid() + "\n");
    } catch (IOException e) {
      throw CommandFailure.problem("cannot write the process id to " + file + ": " + e);
    }
  }
}
