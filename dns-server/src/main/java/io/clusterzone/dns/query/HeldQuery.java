package io.clusterzone.dns.query;

import io.clusterzone.zones.name.Name;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A query whose reply comes later: its message, where the reply goes, when it began, and how far
/// it has come. Made only when there is something to wait for. Confined to one event loop.
///
/// @param message a copy; the original is lent to the handler for its call only
/// @param next the step to go on with
/// @param replaced the name that is looked for in place of the query's, if there is one
record HeldQuery(
    QueryHandler handler,
    BlockTable.Entry entry,
    ByteBuffer message,
    ReplySink sink,
    long startNanos,
    int next,
    @Nullable Name replaced,
    int replacedType,
    boolean unguarded,
    List<Asked.Mend> mends)
    implements Held {
  static HeldQuery of(Received asked, ByteBuffer message, ReplySink sink) {
    return new HeldQuery(
        asked.handler(),
        asked.entry(),
        message,
        sink,
        asked.startNanos(),
        asked.next,
        asked.isReplaced() ? asked.question().spelledName() : null,
        asked.question().type(),
        asked.unguarded,
        List.copyOf(asked.mends()));
  }

  @Override
  public void goOn(Function<Asked, Ending> step) {
    handler.resume(this, step);
  }
}
