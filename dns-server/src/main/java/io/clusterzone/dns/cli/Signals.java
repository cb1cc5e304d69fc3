package io.clusterzone.dns.cli;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/// Signals of the operating system, beside those that end the process.
///
/// Java has them in the module `jdk.unsupported` alone, and its compiler warns of every mention,
/// which nothing turns off: so they are found by name.
final class Signals {
  private Signals() {}

  /// Does something at each SIGUSR1, on a thread of its own. Without it the signal ends the
  /// process.
  static void onUser1(Runnable action) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      MethodHandle run =
          MethodHandles.lookup().bind(action, "run", MethodType.methodType(void.class));
      Object handling =
          MethodHandleProxies.asInterfaceInstance(
              handler, MethodHandles.dropArguments(run, 0, signal));
      Object user1 = signal.getConstructor(String.class).newInstance("USR1");
      signal.getMethod("handle", signal, handler).invoke(null, user1, handling);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this Java cannot handle signals", e);
    }
  }
}
