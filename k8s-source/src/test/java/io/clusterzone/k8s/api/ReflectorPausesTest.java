package io.clusterzone.k8s.api;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.LONG;

import io.clusterzone.k8s.api.connect.FakeTiming;
import io.clusterzone.k8s.api.connect.Transport;
import io.clusterzone.k8s.model.Kind;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The pauses between its requests, with a server of a few lines.
final class ReflectorPausesTest {
  private static final String LIST =
      """
      {"kind":"ServiceList","metadata":{"resourceVersion":"7"},"items":[]}\
      """;

  /// What the store is asked for after a failure.
  private static final String NEWEST = LIST.replace("\"7\"", "\"9\"");

  private static final String EXPIRED =
      """
      {"type":"ERROR","object":{"kind":"Status","code":410,"reason":"Expired","message":"old"}}\
      """;
  private static final String FIRST_PAGE =
      """
      {"kind":"ServiceList","metadata":{"resourceVersion":"7","continue":"more"},"items":[]}\
      """;
  private static final String BOOKMARK =
      """
      {"type":"BOOKMARK","object":{"kind":"Service","metadata":{"resourceVersion":"8"}}}\
      """;
  private static final String PODS =
      """
      {"kind":"PodList","metadata":{"resourceVersion":"7"},
       "items":[{"metadata":{"name":"p","namespace":"n"}}]}\
      """;
  private static final String POD_EVENT =
      """
      {"type":"ADDED","object":{"kind":"Pod","metadata":{"name":"p","namespace":"n"}}}\
      """;
  private static final String AWAY = "";
  private static final String LATE = "late";
  private static final String BUSY = "busy";
  private static final String BUSY_ALL_DAY = "busy all day";
  private static final String GONE = "gone";
  private static final String BROKEN = "broken";
  private static final String FAULT = "fault";
  private static final String ERROR = "error";
  private static final String TORN = "torn";

  private final FakeTiming timing = new FakeTiming();
  private final Queue<String> answers = new ArrayDeque<>();
  private final List<String> pages = new ArrayList<>();
  private final KindStatus status = new KindStatus(Kind.SERVICE);
  private final KindFeed feed = Feeds.of(status, timing);

  /// The pauses while it gets these answers.
  private List<Long> pauses(List<String> script) {
    answers.addAll(script);
    var resource = new Resource(Kind.SERVICE, "", "", "", false);
    new Reflector(resource, new Server(), feed, timing, new Random(1), Patience.DEFAULT).run();
    return timing.sleeps();
  }

  /// Every server that starts has forgotten what happened before: who waited long for it has no
  /// more to wait before it lists.
  @Test
  void listsSoonAfterALongOutage() {
    var script = new ArrayList<String>(List.of(LIST));
    script.addAll(Collections.nCopies(12, AWAY));
    script.addAll(List.of(LIST, EXPIRED, LIST));
    List<Long> pauses = pauses(script);
    assertThat(pauses).hasSize(13);
    assertThat(pauses.get(11)).isGreaterThan(Duration.ofSeconds(10).toNanos());
    assertThat(pauses.get(12)).isLessThan(Duration.ofMillis(200).toNanos());
    assertThat(status.relists(RelistReason.EXPIRED)).isOne();
  }

  /// A server that forgets at once what it has just listed is not listed all the time.
  @Test
  void listsThatFollowEachOtherComeMoreAndMoreSlowly() {
    var script = new ArrayList<String>();
    for (int i = 0; i < 10; i++) {
      script.add(LIST);
      script.add(EXPIRED);
    }
    assertThat(pauses(script).getLast()).isGreaterThan(Duration.ofSeconds(10).toNanos());
  }

  /// What has been listed of a large cluster is not thrown away: a server that can't keep up would
  /// be asked for all of it again and again.
  @Test
  void asksForTheSamePageAgainWhenTheServerIsBusy() {
    List<Long> pauses = pauses(List.of(BUSY, FIRST_PAGE, BUSY, BUSY, LIST));
    assertThat(pages).containsExactly("", "", "more", "more", "more");
    assertThat(pauses)
        .hasSize(3)
        .allSatisfy(pause ->
            assertThat(pause)
                .isBetween(Duration.ofSeconds(2).toNanos(), Duration.ofSeconds(3).toNanos()));
    assertThat(status.relists(RelistReason.START)).isOne();
    assertThat(status.problems()).isEmpty();
  }

  /// Nothing of the cluster would be heard all day.
  @Test
  void waitsNoLongerThanAMinuteWhateverItIsAskedFor() {
    assertThat(pauses(List.of(BUSY_ALL_DAY, LIST)))
        .singleElement()
        .satisfies(pause ->
            assertThat(pause)
                .isBetween(Duration.ofSeconds(60).toNanos(), Duration.ofSeconds(61).toNanos()));
  }

  /// Client-go lists after any such error; that costs most when the server can bear least.
  @ParameterizedTest
  @CsvSource({"7, 0", "20, 1"})
  void listsAnewWhereAWatchIsRefusedForMinutes(int refusals, int relists) {
    var script = new ArrayList<String>(List.of(LIST));
    script.addAll(Collections.nCopies(refusals, BROKEN));
    if (relists > 0) {
      script.add(LIST);
    }
    pauses(script);
    assertThat(status.relists(RelistReason.REFUSED)).isEqualTo(relists);
    assertThat(pages.size() > 1).isEqualTo(relists > 0);
  }

  /// A page that is no longer to be had is not asked for again.
  @Test
  void beginsWithTheFirstPageWhenTheNextIsExpired() {
    pauses(List.of(FIRST_PAGE, BUSY, GONE, LIST));
    assertThat(pages).containsExactly("", "more", "more", "");
    assertThat(status.relists(RelistReason.EXPIRED)).isOne();
  }

  /// The thread must not end: what is served would stay as it is for ever, and look well.
  @ParameterizedTest
  @ValueSource(strings = {FAULT, ERROR})
  void startsOverAfterAFaultOfTheProgram(String fault) {
    assertThat(pauses(List.of(LIST, fault, LIST))).hasSize(1);
    assertThat(status.relists(RelistReason.FAULT)).isOne();
    assertThat(status.problems()).isEmpty();
  }

  /// A server that fails late is no better off than one that fails at once, and lists cost it more.
  @Test
  void failuresThatTakeLongArePausedAfterAsAnyOther() {
    assertThat(pauses(Collections.nCopies(9, LATE)).getLast())
        .isGreaterThan(Duration.ofSeconds(10).toNanos());
  }

  /// What a server that stops or a proxy says before it cuts the connection counts.
  @Test
  void pausesAsLongAsARefusalAsksThatIsTorn() {
    assertThat(pauses(List.of(TORN, LIST)))
        .singleElement(as(LONG))
        .isGreaterThanOrEqualTo(Duration.ofSeconds(2).toNanos());
  }

  /// A proxy may send one event and close, for ever; a server that stops does so once.
  @Test
  void watchesThatEndAtOnceArePausedAfterWhateverTheySay() {
    var script = new ArrayList<String>(List.of(LIST, BOOKMARK, BOOKMARK));
    for (int i = 0; i < 9; i++) {
      script.addAll(List.of(NEWEST, BOOKMARK));
    }
    List<Long> pauses = pauses(script);
    assertThat(pauses).hasSize(10);
    assertThat(pauses.getLast()).isGreaterThan(Duration.ofSeconds(10).toNanos());
    assertThat(status.problems()).containsExactly("the watch ended at once");
  }

  /// What came is not taken for a cluster without Services.
  @ParameterizedTest
  @ValueSource(strings = {PODS, POD_EVENT})
  void anotherKindThanWasAskedForIsAFailure(String answer) {
    var script = new ArrayList<String>();
    for (int i = 0; i < 9; i++) {
      script.addAll(answer.equals(PODS) ? List.of(PODS) : List.of(NEWEST, answer));
    }
    assertThat(pauses(script).getLast()).isGreaterThan(Duration.ofSeconds(10).toNanos());
    assertThat(status.problems()).singleElement().asString().startsWith("the server sent a Pod");
    assertThat(status.synced()).isEqualTo(answer.equals(POD_EVENT));
    assertThat(feed.objects()).isEmpty();
  }

  /// Gives the answers of the script one by one, and stops the reflector after the last.
  private final class Server implements Transport {
    @Override
    public Response get(Request request) throws IOException, InterruptedException {
      if (request.path().contains("sendInitialEvents")) {
        return new Body(422, "{\"kind\":\"Status\",\"code\":422}");
      }
      String answer = answers.poll();
      if (answer == null) {
        throw new InterruptedException();
      }
      if (answer.equals(LATE)) {
        timing.advance(Duration.ofSeconds(20).toNanos());
        throw new IOException("no answer in time");
      }
      if (answer.equals(AWAY)) {
        throw new IOException("connection refused");
      }
      if (request.path().contains("limit=500")) {
        pages.add(request.path().replaceAll(".*limit=500(&continue=)?", ""));
      }
      return switch (answer) {
        case BUSY -> new Body(429, "2", "{\"kind\":\"Status\",\"code\":429}");
        case BUSY_ALL_DAY -> new Body(503, "86400", "");
        case BROKEN -> new Body(500, "{\"kind\":\"Status\",\"code\":500}");
        case FAULT -> throw new IllegalStateException("for the test");
        case ERROR -> throw new LinkageError("for the test");
        case TORN ->
            new Body(429, "2", "{\"kind\":") {
              @Override
              public Transport.Piece next(long nanos) throws IOException {
                throw new IOException("connection reset");
              }
            };
        case GONE -> new Body(410, "{\"kind\":\"Status\",\"code\":410}");
        default -> new Body(200, answer);
      };
    }

    @Override
    public void close() {}
  }

  private static class Body extends ScriptedBody {
    private final String retryAfter;

    Body(int status, String text) {
      this(status, "", text);
    }

    Body(int status, String retryAfter, String text) {
      super(status, text);
      this.retryAfter = retryAfter;
    }

    @Override
    public String header(String name) {
      return name.equals("Retry-After") ? retryAfter : super.header(name);
    }
  }
}
