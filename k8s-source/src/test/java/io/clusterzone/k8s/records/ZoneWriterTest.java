package io.clusterzone.k8s.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.clusterzone.k8s.model.ClusterEvent;
import io.clusterzone.k8s.model.ClusterEvent.Restored;
import io.clusterzone.k8s.model.ClusterEvent.Synced;
import io.clusterzone.k8s.model.Kind;
import io.clusterzone.k8s.model.ObjectKey;
import io.clusterzone.zones.zone.Edit;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ZoneWriterTest {
  private static final InstantSource CLOCK = () -> Instant.ofEpochSecond(1);
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final List<ClusterEvent> SYNCED =
      List.of(
          new Synced(Kind.NAMESPACE), new Synced(Kind.SERVICE), new Synced(Kind.ENDPOINT_SLICE));

  @Test
  void saysWhenAllIsKnown() throws InterruptedException {
    try (ZoneWriter writer = start(new FailingListener())) {
      assertThat(writer.awaitSynced(Duration.ZERO)).isFalse();
      assertThat(writer.known()).isFalse();
      writer.accept(SYNCED);
      assertThat(writer.awaitSynced(PATIENCE)).isTrue();
      assertThat(writer.known()).isTrue();
      assertThat(writer.table().current().all()).allMatch(zone -> zone.synced());
    }
  }

  @Test
  void saysWhenASnapshotBeginsToBeAnsweredFrom() throws InterruptedException {
    try (ZoneWriter writer = start(new FailingListener())) {
      writer.accept(ClusterText.events("namespace shop"));
      assertThat(writer.awaitSyncedOrRestoring(Duration.ofMillis(20))).isFalse();
      writer.accept(List.of(new Restored(Kind.NAMESPACE)));
      assertThat(writer.awaitSyncedOrRestoring(PATIENCE)).isTrue();
      assertThat(writer.known()).isFalse();
      assertThat(writer.table().current().all()).allMatch(zone -> zone.stale() && !zone.synced());
      assertThat(writer.awaitSynced(Duration.ZERO)).isFalse();
      writer.accept(SYNCED);
      assertThat(writer.awaitSynced(PATIENCE)).isTrue();
      assertThat(writer.known()).isTrue();
      assertThat(writer.table().current().all()).noneMatch(zone -> zone.stale());
    }
  }

  /// Whoever asks sees a whole batch or none of it, and the zones that were made of it.
  @Test
  void handsOutTheObjectsBetweenBatches() throws Exception {
    try (ZoneWriter writer = start(new FailingListener())) {
      assertThat(writer.objects(PATIENCE).namespaces()).isEmpty();
      writer.accept(ClusterText.events("namespace shop"));
      writer.accept(SYNCED);
      assertThat(writer.awaitSynced(PATIENCE)).isTrue();
      ClusterObjects objects = writer.objects(PATIENCE);
      assertThat(objects.namespaces()).containsExactly("shop");
      assertThat(objects.zones()).isSameAs(writer.table().current());
    }
  }

  @Test
  void handsOutNothingOnceItHasEnded() {
    ZoneWriter writer = start(new FailingListener());
    writer.close();
    assertThatThrownBy(() -> writer.objects(Duration.ofMillis(20)))
        .isInstanceOf(TimeoutException.class);
  }

  /// What queues up while one batch is published is the next batch; of one object only the last
  /// state is in it.
  @Test
  void publishesWhatQueuedUpAsOneBatch() throws InterruptedException {
    var gate = new Phaser(2);
    var publications = new AtomicInteger();
    try (ZoneWriter writer = start(new Gate(gate, publications))) {
      writer.accept(ClusterText.events("namespace shop"));
      gate.arriveAndAwaitAdvance();
      int last = ZoneWriter.CAPACITY - 10;
      for (int i = 1; i <= last; i++) {
        writer.accept(ClusterText.events("service shop/web 10.96.0." + i));
        writer.accept(ClusterText.events("service shop/s" + i + " 10.97.0." + i));
      }
      writer.accept(SYNCED);
      gate.arriveAndDeregister();
      assertThat(writer.awaitSynced(PATIENCE)).isTrue();
      assertThat(publications).hasValue(2);
      var resolver = new TestResolver();
      assertThat(
              AnswerText.of(
                  resolver.ask(writer.table().current(), "web.shop.svc.cluster.local.", "A")))
          .isEqualTo("10.96.0." + last);
    }
  }

  /// Holds the writer in its first publication until the gate lets it go.
  private record Gate(Phaser gate, AtomicInteger publications) implements ZoneListener {
    @Override
    public void published(List<Edit> edits) {
      if (publications.incrementAndGet() == 1) {
        gate.arriveAndAwaitAdvance();
        gate.arriveAndAwaitAdvance();
      }
    }

    @Override
    public void skipped(Kind kind, ObjectKey key, String reason) {}

    @Override
    public void failed(Kind kind, ObjectKey key, RuntimeException cause) {}
  }

  /// Two sources on threads of their own, each with its own objects in its own order.
  @Test
  void equalsARebuildWhateverTheInterleaving() throws InterruptedException {
    List<ClusterEvent> services = new ArrayList<>();
    List<ClusterEvent> slices = new ArrayList<>();
    var cluster = new RandomCluster(new Random(5));
    for (int i = 0; i < 5000; i++) {
      ClusterEvent event = cluster.next();
      (isSlice(event) ? slices : services).add(event);
    }
    try (ZoneWriter writer = start(new FailingListener())) {
      Thread first = Thread.ofPlatform().start(() -> feed(writer, services));
      Thread second = Thread.ofPlatform().start(() -> feed(writer, slices));
      first.join();
      second.join();
      writer.accept(SYNCED);
      assertThat(writer.awaitSynced(PATIENCE)).isTrue();
      var fresh =
          new ZonePublisher(new SchemaOptionsBuilder().build(), CLOCK, new FailingListener());
      fresh.apply(cluster.everything());
      assertThat(ZoneContents.of(writer.table().current()))
          .isEqualTo(ZoneContents.of(fresh.table().current()));
    }
  }

  private static boolean isSlice(ClusterEvent event) {
    return switch (event) {
      case ClusterEvent.Put(var object) -> object.kind() == Kind.ENDPOINT_SLICE;
      case ClusterEvent.Remove(var kind, _) -> kind == Kind.ENDPOINT_SLICE;
      case ClusterEvent.Restored _, Synced _ -> false;
    };
  }

  private static void feed(ZoneWriter writer, List<ClusterEvent> events) {
    try {
      for (ClusterEvent event : events) {
        writer.accept(List.of(event));
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /// A listener that throws is a broken invariant of ours, and still not the end.
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void outlivesABatchThatCannotBePublished(boolean error) throws InterruptedException {
    var publications = new AtomicInteger();
    var listener =
        new ZoneListener() {
          @Override
          public void published(List<Edit> edits) {
            if (publications.incrementAndGet() == 1) {
              if (error) {
                throw new LinkageError("for the test");
              }
              throw new IllegalStateException("for the test");
            }
          }

          @Override
          public void skipped(Kind kind, ObjectKey key, String reason) {}

          @Override
          public void failed(Kind kind, ObjectKey key, RuntimeException cause) {}
        };
    try (ZoneWriter writer = start(listener)) {
      writer.accept(ClusterText.events("namespace shop"));
      await().until(() -> publications.get() == 1);
      writer.accept(SYNCED);
      assertThat(writer.awaitSynced(PATIENCE)).isTrue();
    }
  }

  @Test
  void closingEndsTheThread() throws InterruptedException {
    ZoneWriter writer = start(new FailingListener());
    writer.close();
    writer.accept(SYNCED);
    assertThat(writer.awaitSynced(Duration.ZERO)).isFalse();
    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(thread -> thread.getName().equals("zone-writer") && thread.isAlive());
  }

  private static ZoneWriter start(ZoneListener listener) {
    return ZoneWriter.start(new SchemaOptionsBuilder().build(), CLOCK, listener);
  }
}
