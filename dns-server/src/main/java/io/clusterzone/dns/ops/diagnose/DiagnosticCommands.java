package io.clusterzone.dns.ops.diagnose;

import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/// The commands of `jcmd`, given by the JVM to itself: `jcmd` needs a `/tmp` that can be written
/// to, and a container may have none.
public final class DiagnosticCommands {
  private static final String NAME = "com.sun.management:type=DiagnosticCommand";

  private DiagnosticCommands() {}

  /// Every platform thread with its stack, and the locks it holds and waits for.
  public static String threads() {
    return run("threadPrint", "-l");
  }

  /// The number of objects of each class, and their octets. Counts all objects, unreachable ones as
  /// well, so that nothing is collected first; all threads wait meanwhile.
  public static String heap() {
    return run("gcClassHistogram", "-all");
  }

  static String run(String command, String... arguments) {
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    try {
      Object text =
          server.invoke(
              new ObjectName(NAME),
              command,
              new Object[] {arguments},
              new String[] {String[].class.getName()});
      return String.valueOf(text);
    } catch (JMException e) {
      throw new IllegalStateException("this Java has no diagnostic command " + command, e);
    }
  }
}
