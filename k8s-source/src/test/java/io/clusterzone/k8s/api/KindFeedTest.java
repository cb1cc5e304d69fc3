package io.clusterzone.k8s.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.k8s.api.connect.ApiObserver;
import io.clusterzone.k8s.api.connect.FakeTiming;
import io.clusterzone.k8s.api.decode.ApiEvent;
import io.clusterzone.k8s.model.ClusterEvent;
import io.clusterzone.k8s.model.ClusterObject;
import io.clusterzone.k8s.model.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The events that the sink gets of the reflectors' objects.
final class KindFeedTest {
  private final FakeTiming timing = new FakeTiming();
  private final ServedModel served = new ServedModel();
  private final List<Duration> programmed = new ArrayList<>();
  private final KindFeed feed =
      new KindFeed(
          Kind.SERVICE,
          served,
          new KindStatus(Kind.SERVICE),
          new EmptyingGuard(timing, 0),
          timing,
          new ApiObserver() {
            @Override
            public void programmed(Duration sinceTrigger) {
              programmed.add(Duration.ofNanos(sinceTrigger.toNanos()));
            }
          });
  private final KindFeed.Part first = feed.newPart();

  private static final ClusterObject A = Samples.service("a", "10.96.0.1");
  private static final ClusterObject B = Samples.service("b", "10.96.0.2");

  private static ApiEvent.Present present(ClusterObject object, int version, String trigger) {
    return new ApiEvent.Present(
        new ApiEvent.Version(object.key(), "uid", "" + version), object, trigger);
  }

  private List<ClusterEvent> told() throws InterruptedException {
    feed.flush();
    var events = served.events();
    served.forgetEvents();
    return events;
  }

  private void list(KindFeed.Part part, ClusterObject... objects) {
    feed.beginRound(part);
    for (ClusterObject object : objects) {
      feed.put(part, present(object, 1, ""));
    }
    feed.endRound(part);
  }

  @Test
  void aNewListTellsOnlyTheDifferencesAndRemovesLast() throws Exception {
    list(first, A, B);
    assertThat(told())
        .containsExactly(
            new ClusterEvent.Put(A),
            new ClusterEvent.Put(B),
            new ClusterEvent.Synced(Kind.SERVICE));
    var changed = Samples.service("a", "10.96.0.9");
    feed.beginRound(first);
    feed.put(first, present(changed, 2, ""));
    assertThat(told()).containsExactly(new ClusterEvent.Put(changed));
    feed.endRound(first);
    assertThat(told()).containsExactly(new ClusterEvent.Remove(Kind.SERVICE, B.key()));
  }

  @Test
  void theOctetsHeldAreThoseOfTheObjectsKnown() throws Exception {
    list(first, A, B);
    told();
    assertThat(feed.status().heldOctets()).isEqualTo(A.octets() + B.octets());
    var longer = Samples.service("a", "2001:db8::1");
    feed.put(first, present(longer, 2, ""));
    feed.remove(first, B.key());
    told();
    assertThat(feed.status().heldOctets()).isEqualTo(longer.octets()).isEqualTo(A.octets() + 12);
    feed.remove(first, A.key());
    told();
    assertThat(feed.status().heldOctets()).isZero();
  }

  @Test
  void whatASnapshotHadIsHeldAsWell() throws Exception {
    feed.adopt(A, new ArrayList<>());
    assertThat(feed.restored(Instant.EPOCH)).isEqualTo(new ClusterEvent.Restored(Kind.SERVICE));
    assertThat(feed.status().heldOctets()).isEqualTo(A.octets());
    list(first, B);
    told();
    assertThat(feed.status().heldOctets()).isEqualTo(B.octets());
  }

  @Test
  void aChangeThatDnsDoesNotSeeIsNotTold() throws Exception {
    list(first, A);
    told();
    feed.put(first, present(Samples.service("a", "10.96.0.1"), 7, ""));
    assertThat(told()).isEmpty();
    assertThat(feed.fingerprint(A.key()))
        .isEqualTo(present(A, 7, "").version().fingerprint())
        .isNotEqualTo(present(A, 8, "").version().fingerprint());
  }

  @Test
  void isSyncedWhenEveryPartIs() throws Exception {
    KindFeed.Part second = feed.newPart();
    list(first, A);
    assertThat(told()).containsExactly(new ClusterEvent.Put(A));
    list(second, B);
    assertThat(told())
        .containsExactly(new ClusterEvent.Put(B), new ClusterEvent.Synced(Kind.SERVICE));
  }

  @Test
  void onlyThePartThatReportedAnObjectLastTakesItAway() throws Exception {
    KindFeed.Part second = feed.newPart();
    list(first, A);
    feed.put(second, present(A, 2, ""));
    told();
    feed.remove(first, A.key());
    list(first);
    assertThat(told()).isEmpty();
    feed.remove(second, A.key());
    assertThat(told()).containsExactly(new ClusterEvent.Remove(Kind.SERVICE, A.key()));
  }

  @Test
  void whatOnlyTheSnapshotHadGoesWhenEveryPartIsComplete() throws Exception {
    KindFeed.Part second = feed.newPart();
    List<ClusterEvent> restored = new ArrayList<>();
    feed.adopt(A, restored);
    feed.adopt(B, restored);
    restored.add(feed.restored(Instant.EPOCH));
    assertThat(restored)
        .containsExactly(
            new ClusterEvent.Put(A),
            new ClusterEvent.Put(B),
            new ClusterEvent.Restored(Kind.SERVICE));
    list(first, A);
    assertThat(told()).isEmpty();
    list(second);
    assertThat(told())
        .containsExactly(
            new ClusterEvent.Remove(Kind.SERVICE, B.key()), new ClusterEvent.Synced(Kind.SERVICE));
  }

  @Test
  void theTimeSinceATriggerIsMeasuredOfChangesAlone() {
    String trigger = timing.now().minusSeconds(2).toString();
    feed.put(first, present(A, 1, trigger));
    list(first, A);
    feed.put(first, present(A, 2, trigger));
    feed.put(first, present(Samples.service("a", "10.96.0.3"), 3, trigger));
    feed.put(first, present(Samples.service("a", "10.96.0.4"), 4, "yesterday"));
    assertThat(programmed).containsExactly(Duration.ofSeconds(2));
  }

  /// An annotation that anyone may have written; Go writes a time that is none as year 1.
  @ParameterizedTest
  @ValueSource(strings = {"0001-01-01T00:00:00Z", "-999999999-01-01T00:00:00Z"})
  void aTriggerOfLongAgoIsNoMeasurement(String trigger) throws Exception {
    list(first, A);
    told();
    var changed = Samples.service("a", "10.96.0.3");
    feed.put(first, present(changed, 2, trigger));
    assertThat(told()).containsExactly(new ClusterEvent.Put(changed));
    assertThat(programmed).isEmpty();
  }

  /// One reflector of several asks while another puts: what is held back must not change under it.
  @Test
  void whatIsHeldBackIsLookedAtUnderTheLock() throws Exception {
    var asked = new FutureTask<>(feed::untilDue);
    var asking = Thread.ofVirtual().unstarted(asked);
    feed.lock().lock();
    try {
      asking.start();
      while (!feed.lock().hasQueuedThread(asking) && asking.isAlive()) {
        Thread.onSpinWait();
      }
      assertThat(feed.lock().hasQueuedThread(asking)).isTrue();
    } finally {
      feed.lock().unlock();
    }
    assertThat(asked.get()).isEqualTo(Long.MAX_VALUE);
  }

  /// Every index holds the key it first had; one that came anew with each change would be held too.
  @Test
  void aChangedObjectKeepsTheKeyThatIsKnown() throws Exception {
    list(first, A);
    assertThat(told()).isNotEmpty();
    feed.put(first, present(Samples.service("a", "10.96.0.9"), 2, ""));

    assertThat(told()).singleElement().isInstanceOf(ClusterEvent.Put.class);
    assertThat(feed.objects().getFirst()).isNotEqualTo(A);
    assertThat(feed.objects().getFirst().key()).isSameAs(A.key());
  }
}
