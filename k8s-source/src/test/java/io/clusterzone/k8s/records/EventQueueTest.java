package io.clusterzone.k8s.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.clusterzone.k8s.model.ClusterEvent;
import io.clusterzone.k8s.model.ClusterEvent.Restored;
import io.clusterzone.k8s.model.ClusterEvent.Synced;
import io.clusterzone.k8s.model.Kind;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class EventQueueTest {
  private final EventQueue queue = new EventQueue(2);

  @Test
  void keepsOnlyTheLastEventOfAnObject() throws InterruptedException {
    queue.put(ClusterText.events("service a/x 10.0.0.1"), 0);
    queue.put(
        ClusterText.events("service a/x 10.0.0.2\nremove service a/x\nservice a/x 10.0.0.3"), 0);
    assertThat(taken()).isEqualTo(ClusterText.events("service a/x 10.0.0.3"));
  }

  @Test
  void tellsObjectsOfOneNameApartByKind() throws InterruptedException {
    List<ClusterEvent> events = ClusterText.events("service a/x\npod a/x 10.0.0.1\nslice a/x");
    queue.put(events, 0);
    assertThat(taken()).isEqualTo(events);
  }

  /// An object whose news wait has had them since the first.
  @Test
  void tellsSinceWhenNewsWaited() throws InterruptedException {
    queue.put(ClusterText.events("service a/x 10.0.0.1"), 10);
    queue.put(ClusterText.events("service a/y 10.0.0.1\nservice a/x 10.0.0.2"), 20);
    assertThat(queue.take()).extracting(EventQueue.Waiting::sinceNanos).containsExactly(10L, 20L);
  }

  @Test
  void keepsThatAKindIsKnown() throws InterruptedException {
    List<ClusterEvent> synced =
        List.of(new Restored(Kind.SERVICE), new Synced(Kind.SERVICE), new Synced(Kind.POD));
    queue.put(synced, 0);
    assertThat(taken()).containsExactly(synced.get(1), synced.get(2));
  }

  @Test
  void takesABatchThatIsLargerThanItself() throws InterruptedException {
    List<ClusterEvent> events = ClusterText.events("service a/1\nservice a/2\nservice a/3");
    queue.put(events, 0);
    assertThat(taken()).hasSize(3);
  }

  @Test
  void makesSourcesWaitWhileItIsFull() throws InterruptedException {
    queue.put(ClusterText.events("service a/1\nservice a/2"), 0);
    Thread source = Thread.ofVirtual().start(() -> put("service a/3"));
    await().until(() -> source.getState() == Thread.State.WAITING);
    assertThat(queue.size()).isEqualTo(2);
    assertThat(taken()).hasSize(2);
    source.join();
    assertThat(taken()).isEqualTo(ClusterText.events("service a/3"));
  }

  @Test
  void closingLetsEveryoneGo() throws InterruptedException {
    queue.put(ClusterText.events("service a/1\nservice a/2"), 0);
    Thread source = Thread.ofVirtual().start(() -> put("service a/3"));
    await().until(() -> source.getState() == Thread.State.WAITING);
    queue.close();
    source.join();
    assertThat(taken()).isEmpty();
    put("service a/4");
    assertThat(taken()).isEmpty();
  }

  @Test
  void closingWakesTheOneWhoTakes() {
    CompletableFuture<List<ClusterEvent>> taken = new CompletableFuture<>();
    Thread taker = Thread.ofVirtual().start(() -> taken.complete(take()));
    await().until(() -> taker.getState() == Thread.State.WAITING);
    queue.close();
    assertThat(taken.join()).isEmpty();
  }

  private void put(String lines) {
    try {
      queue.put(ClusterText.events(lines), 0);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private List<ClusterEvent> take() {
    try {
      return taken();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private List<ClusterEvent> taken() throws InterruptedException {
    return queue.take().stream().map(EventQueue.Waiting::event).toList();
  }
}
