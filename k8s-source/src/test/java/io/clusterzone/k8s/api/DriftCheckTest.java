package io.clusterzone.k8s.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clusterzone.k8s.api.connect.FakeTiming;
import io.clusterzone.k8s.api.connect.Transport;
import io.clusterzone.k8s.api.decode.ApiEvent;
import io.clusterzone.k8s.model.ClusterObject;
import io.clusterzone.k8s.model.Kind;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Drift and its likes, with a list of two pages and a watch that brings news between them.
final class DriftCheckTest {
  private static final ClusterObject A = Samples.service("a", "10.96.0.1");
  private static final ClusterObject B = Samples.service("b", "10.96.0.2");

  private final FakeTiming timing = new FakeTiming();
  private final Queue<String> pages = new ArrayDeque<>();
  private final KindStatus status = new KindStatus(Kind.SERVICE);
  private final KindFeed feed = Feeds.of(status, timing);
  private final KindFeed.Part part = feed.newPart();
  private final DriftCheck check =
      new DriftCheck(
          new Resource(Kind.SERVICE, "", "", "", false),
          new Pages(),
          feed,
          part,
          timing,
          Patience.DEFAULT);

  /// The watch tells that an object is as of this version.
  private void changed(ClusterObject object, String version) {
    var now = new ApiEvent.Version(object.key(), "uid", version);
    feed.put(part, new ApiEvent.Present(now, object, ""));
    check.heard(object.key());
  }

  /// The watch tells that an object is gone.
  private void removed(ClusterObject object) {
    feed.remove(part, object.key());
    check.heard(object.key());
  }

  /// A page of the list: objects as `name@version`.
  private static String page(String next, String... objects) {
    String items =
        Arrays.stream(objects)
            .map(object -> object.split("@"))
            .map(
                """
                {"metadata":{"namespace":"shop","name":"%s","uid":"uid","resourceVersion":"%s"}}\
                """
                    ::formatted)
            .collect(Collectors.joining(","));
    return """
    {"kind":"PartialObjectMetadataList","metadata":{"resourceVersion":"7","continue":"%s"},"items":[%s]}\
    """
        .formatted(next, items);
  }

  /// Begins a check of a list with these pages, and reads the first.
  private void firstPage(String... pagesInOrder) throws Exception {
    pages.addAll(List.of(pagesInOrder));
    check.restart();
    timing.advance(check.untilDue());
    check.step();
    check.step();
  }

  private void settle() throws Exception {
    check.step();
    timing.advance(check.untilDue());
    check.step();
  }

  /// All pages of a list are of the moment of the first.
  @Test
  void whatIsHeardBetweenTwoPagesIsNoDrift() throws Exception {
    changed(A, "1");
    changed(B, "2");
    firstPage(page("more", "a@1"), page("", "b@2", "c@3"));
    changed(B, "8");
    changed(Samples.service("c", "10.96.0.3"), "3");
    removed(Samples.service("c", "10.96.0.3"));
    changed(Samples.service("d", "10.96.0.4"), "9");
    removed(A);
    settle();
    assertThat(status.drift()).isZero();
    assertThat(status.lastCleanCheck()).isAfter(Instant.EPOCH);
  }

  @Test
  void whatTheWatchBringsAfterTheListIsNoDrift() throws Exception {
    changed(A, "1");
    firstPage(page("more", "a@5"), page("", "b@6"));
    check.step();
    changed(A, "5");
    changed(B, "6");
    timing.advance(check.untilDue());
    check.step();
    assertThat(status.drift()).isZero();
  }

  @Test
  void whatTheWatchNeverTellsIsDrift() throws Exception {
    changed(A, "1");
    changed(B, "2");
    firstPage(page("more", "a@4"), page("", "c@3"));
    assertThatThrownBy(this::settle)
        .isInstanceOf(RelistException.class)
        .hasMessage("3 objects differ from the server's");
    assertThat(status.drift()).isEqualTo(3);
  }

  /// Gives the pages one by one.
  private final class Pages implements Transport {
    @Override
    public Response get(Request request) {
      return new ScriptedBody(200, pages.remove());
    }

    @Override
    public void close() {}
  }
}
