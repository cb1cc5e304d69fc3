package io.clusterzone.dns.compare.exchange;

import io.clusterzone.dns.compare.Answer;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One question that is under way. For the thread of its [Exchange].
final class UnderWay {
  private final Consumer<Exchanged> done;
  private final @Nullable Answer[] answers;
  private final long[] nanos;
  private int missing;

  UnderWay(int servers, Consumer<Exchanged> done) {
    this.done = done;
    answers = new Answer[servers];
    nanos = new long[servers];
    missing = servers;
    Arrays.fill(nanos, -1);
  }

  /// Takes the outcome of one server, each once; at the last one the asker is told.
  void answered(int server, Answer answer, long afterNanos) {
    if (answers[server] == null) {
      answers[server] = answer;
      nanos[server] = afterNanos;
      missing--;
      if (missing == 0) {
        done.accept(
            new Exchanged(
                Arrays.stream(answers).map(Objects::requireNonNull).toList(),
                Arrays.stream(nanos).boxed().toList()));
      }
    }
  }
}
