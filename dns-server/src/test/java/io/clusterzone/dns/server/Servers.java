package io.clusterzone.dns.server;

import io.clusterzone.dns.config.Corefile;
import io.clusterzone.dns.ops.log.Log;

/// Servers in the JVM of the tests, which print to its standard output.
final class Servers {
  private static final Log LOG = Log.start(System.out, Log.CAPACITY);

  private Servers() {}

  static Server start(Corefile corefile) throws InterruptedException {
    return Server.start(corefile, LOG);
  }
}
