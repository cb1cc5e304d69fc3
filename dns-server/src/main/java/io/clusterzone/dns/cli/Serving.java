package io.clusterzone.dns.cli;

import io.clusterzone.dns.config.Corefile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The life of a serving process: start, tell, wait for a signal, answer what is in flight, end
/// with 0. Runs on the main thread.
final class Serving {
  private static final Logger LOG = LoggerFactory.getLogger(Serving.class);

  private Serving() {}

  /// Serves until the process ends; returns only by an exception.
  static void run(ServeOptions options) throws InterruptedException {
    Corefile corefile = ServedCorefile.of(options);
    LogOutput.ofServer();
    Server server = Server.start(corefile);
    writePid(options.pidfile);
    stopAtExit(server);
    if (!options.quiet) {
      server.describe().forEach(LOG::info);
    }
    new CountDownLatch(1).await();
  }

  /// A JVM that a signal ends reports the signal as its exit code; an orderly end is 0 to whoever
  /// supervises the process, so it halts itself once everything is closed.
  private static void stopAtExit(Server server) {
    Thread hook =
        new Thread(
            () -> {
              LOG.info("stopping");
              server.close();
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
