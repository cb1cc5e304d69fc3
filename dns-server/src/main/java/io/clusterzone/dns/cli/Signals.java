package io.clusterzone.dns.cli;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/// Signals of the operating system.
///
/// Java has them in the module `jdk.unsupported` alone, and its compiler warns of every mention,
/// which nothing turns off: so they are found by name.
final class Signals {
  private Signals() {}

  /// Runs an action at each signal of a name, as `USR1`, in place of the action before. It has a
  /// thread of its own. A signal that ends processes and was ignored when this one began stays
  /// ignored, as `nohup` and background jobs of a shell want it.
  static void on(String name, Runnable action) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      MethodHandle run =
          MethodHandles.lookup().bind(action, "run", MethodType.methodType(void.class));
      Object handling =
          MethodHandleProxies.asInterfaceInstance(
              handler, MethodHandles.dropArguments(run, 0, signal));
      Object named = signal.getConstructor(String.class).newInstance(name);
      signal.getMethod("handle", signal, handler).invoke(null, named, handling);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this Java cannot handle signals", e);
    }
  }
}
