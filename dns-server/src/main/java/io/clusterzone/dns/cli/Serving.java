package io.clusterzone.dns.cli;

import io.clusterzone.dns.config.Corefile;
import io.clusterzone.dns.config.CorefileReading;
import io.clusterzone.dns.ops.HeapWatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The life of a serving process: start, tell, take the Corefile again when it changes, wait for a
/// signal, answer what is in flight, end with 0. Runs on the main thread.
final class Serving {
  private static final Logger LOG = LoggerFactory.getLogger(Serving.class);

  private Serving() {}

  /// A server, and what changes it; null if nothing does.
  private record Running(Server server, @Nullable Reloader reloader) {
    void reload() {
      if (reloader == null) {
        LOG.info("reload: there is no Corefile, and the cluster is followed as it changes");
      } else {
        reloader.now();
      }
    }

    void stop() {
      LOG.info("stopping");
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
    Corefile implied = ServedCorefile.implied(options);
    Running running = implied == null ? ofCorefile(options) : ofImplied(implied);
    Signals.onUser1(running::reload);
    writePid(options.pidfile);
    stopAtExit(running);
    if (!options.quiet) {
      running.server().describe().forEach(LOG::info);
    }
    HeapWatch.start();
    new CountDownLatch(1).await();
  }

  private static Running ofImplied(Corefile implied) throws InterruptedException {
    LogOutput.ofServer();
    return new Running(Server.start(implied), null);
  }

  private static Running ofCorefile(ServeOptions options) throws InterruptedException {
    CorefileFile file = ServedCorefile.file(options);
    CorefileReading reading = file.readAtStart();
    LogOutput.ofServer();
    Corefile corefile;
    Server server;
    try {
      corefile = CorefileFile.startable(reading);
      server = Server.start(corefile);
      if (reading.result() instanceof Corefile.Valid) {
        server.reloads().serves(reading.text().sha512());
        LastGood.keep(corefile, reading.text());
      } else {
        server.reloads().failed();
      }
    } catch (CommandFailure e) {
      corefile = LastGood.find(file, reading.legible());
      if (corefile == null) {
        throw e;
      }
      e.lines().forEach(line -> LOG.error("the Corefile cannot be served: {}", line));
      server = Server.start(corefile);
      server.reloads().failed();
    }
    return new Running(server, Reloader.start(file, server, corefile, reading));
  }

  /// A JVM that a signal ends reports the signal as its exit code; an orderly end is 0 to whoever
  /// supervises the process, so it halts itself once everything is closed.
  private static void stopAtExit(Running running) {
    Thread hook =
        new Thread(
            () -> {
              running.stop();
              Runtime.getRuntime().halt(Commands.OK);
            },
            "shutdown");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  private static void writePid(@Nullable Path file) {
    if (file == null) {
      return;
    }
    try {
      Files.writeString(file, ProcessHandle.current().pid() + "\n");
    } catch (IOException e) {
      throw CommandFailure.problem("cannot write the process id to " + file + ": " + e);
    }
  }
}
