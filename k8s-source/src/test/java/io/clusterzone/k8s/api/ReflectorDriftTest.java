package io.clusterzone.k8s.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.k8s.api.connect.FakeTiming;
import io.clusterzone.k8s.api.connect.Transport;
import io.clusterzone.k8s.model.Kind;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Drift while the cluster changes: a check of two pages, and the watch between them.
final class ReflectorDriftTest {
  private static final String ALL_SENT =
      """
      {"type":"BOOKMARK","object":{"metadata":{"resourceVersion":"1",\
      "annotations":{"k8s.io/initial-events-end":"true"}}}}\
      """;

  /// A bookmark two minutes after the piece before it.
  private static final String LATER = "{\"type\":\"BOOKMARK\",\"object\":{}}";

  private final FakeTiming timing = new FakeTiming();
  private final KindStatus status = new KindStatus(Kind.SERVICE);

  /// The Service `a` is known in version 1. `pages` is what the two pages of the check list;
  /// `between` and `after` them is what the watch tells, before a difference has lasted too long.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "as it was                      | a1 /       |                     |                     |"
            + " 0",
        "changed, and not told          | a2 /       |                     |                     |"
            + " 1",
        "changed                        | a2 /       |                     | MODIFIED a2         |"
            + " 0",
        "gone, and not told             | /          |                     |                     |"
            + " 1",
        "gone                           | /          |                     | DELETED a2          |"
            + " 0",
        "new, and not told              | a1 / b2    |                     |                     |"
            + " 1",
        "new                            | a1 / b2    |                     | ADDED b2            |"
            + " 0",
        "new and soon gone              | a1 / b2    |                     | ADDED b2 DELETED b3 |"
            + " 0",
        "made anew while it is listed   | /          | DELETED a2 ADDED a3 |                     |"
            + " 0",
      })
  void onlyWhatTheWatchDoesNotTellOfIsDrift(
      String what, String pages, @Nullable String between, @Nullable String after, int drift) {
    var lists = new ArrayDeque<String>();
    lists.add(list(pages.split("/", -1)[0], "more"));
    lists.add(list(pages.split("/", -1)[1], ""));
    var pieces = new ArrayDeque<String>(List.of(events("ADDED a1") + ALL_SENT));
    pieces.addAll(List.of(LATER, LATER, LATER, "", events(between), events(after), LATER));
    var feed = Feeds.of(status, timing);
    var resource = new Resource(Kind.SERVICE, "", "", "", false);
    var server = new Server(lists, pieces);
    new Reflector(resource, server, feed, timing, new Random(1), Patience.DEFAULT).run();
    assertThat(lists).isEmpty();
    assertThat(status.drift()).as(what).isEqualTo(drift);
  }

  private static String events(@Nullable String text) {
    var events = new StringBuilder();
    String[] words = text == null ? new String[0] : text.split(" ", -1);
    for (int i = 0; i < words.length; i += 2) {
      events.append("{\"type\":\"%s\",\"object\":%s}".formatted(words[i], object(words[i + 1])));
    }
    return events.toString();
  }

  private static String list(String name, String next) {
    return "{\"metadata\":{\"resourceVersion\":\"9\",\"continue\":\"%s\"},\"items\":[%s]}"
        .formatted(next, name.isBlank() ? "" : object(name.strip()));
  }

  /// A name of one letter, and its version.
  private static String object(String name) {
    return "{\"metadata\":{\"name\":\"%s\",\"namespace\":\"shop\",\"resourceVersion\":\"%s\"}}"
        .formatted(name.charAt(0), name.substring(1));
  }

  /// One watch, the lists of a check, and then no more.
  private final class Server implements Transport {
    private final Queue<String> lists;
    private final Queue<String> pieces;
    private boolean watched;

    Server(Queue<String> lists, Queue<String> pieces) {
      this.lists = lists;
      this.pieces = pieces;
    }

    @Override
    public Response get(Request request) throws InterruptedException {
      if (request.watch() && watched) {
        throw new InterruptedException();
      }
      watched |= request.watch();
      return new Body(request.watch() ? pieces : new ArrayDeque<>(List.of(lists.remove())));
    }

    @Override
    public void close() {}
  }

  private final class Body extends ScriptedBody {
    Body(Queue<String> pieces) {
      super(200, pieces);
    }

    @Override
    Transport.Piece piece(String text, long nanos) throws IOException {
      if (text.equals(LATER)) {
        timing.advance(Duration.ofMinutes(2).toNanos());
      }
      return super.piece(text, nanos);
    }
  }
}
