package io.clusterzone.dns.compare.question;

import io.clusterzone.dns.compare.ComparedQuestion;
import java.io.IOException;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/// Questions one after the other. For one thread.
public interface QuestionSource extends AutoCloseable {
  /// The next question, or null at the end. Waits where the source is a stream.
  ///
  /// @throws IOException if the source cannot be read or is damaged; the message names the place
  @Nullable ComparedQuestion next() throws IOException;

  @Override
  default void close() throws IOException {}

  /// Questions that are there already.
  static QuestionSource of(Iterator<ComparedQuestion> questions) {
    return () -> questions.hasNext() ? questions.next() : null;
  }
}
