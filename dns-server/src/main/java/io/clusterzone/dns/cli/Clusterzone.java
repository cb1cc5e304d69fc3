package io.clusterzone.dns.cli;

import io.clusterzone.dns.server.LogOutput;
import io.clusterzone.dns.server.ProcessOutput;
import java.io.PrintWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The program: `clusterzone COMMAND`.
public final class Clusterzone {
  private static final Logger LOG = LoggerFactory.getLogger(Clusterzone.class);

  private Clusterzone() {}

  /// Any throwable ends the process: threads that have been started would keep one that does not
  /// serve.
  public static void main(String[] args) {
    int code = Commands.PROBLEM;
    try {
      LogOutput.ofCommand();
      var out = new PrintWriter(System.out, true, System.out.charset());
      code = Commands.commandLine().setOut(out).execute(args);
      out.flush();
    } catch (Throwable e) {
      LOG.error("clusterzone: an internal failure", e);
    } finally {
      ProcessOutput.end(code);
    }
  }
}
