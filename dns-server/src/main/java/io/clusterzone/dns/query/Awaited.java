package io.clusterzone.dns.query;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Waits for the result of something that a step started, or has it already: the question is held
/// only if there is something to wait for. Confined to one event loop.
final class Awaited<T> implements Consumer<T> {
  private final Asked.Then<T> then;
  private @Nullable T result;
  private @Nullable Held held;

  Awaited(Asked.Then<T> then) {
    this.then = then;
  }

  @Override
  public void accept(T value) {
    if (held == null) {
      result = value;
    } else {
      held.goOn(asked -> then.goOn(asked, value));
    }
  }

  Ending goOnOrHold(Asked asked) {
    if (result != null) {
      return then.goOn(asked, result);
    }
    held = asked.hold();
    return Ending.LATER;
  }
}
