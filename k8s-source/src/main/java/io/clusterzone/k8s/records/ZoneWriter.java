package io.clusterzone.k8s.records;

import io.clusterzone.k8s.model.ClusterEvent;
import io.clusterzone.k8s.model.ClusterSink;
import io.clusterzone.k8s.thread.SteadyThread;
import io.clusterzone.zones.zone.ZoneTable;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one thread that makes zones out of what sources report. Sources hand it events from any
/// thread; readers take the zones from its [#table].
///
/// A batch is whatever queued up while the last one was published: an idle cluster is published at
/// once, a busy one batches by itself, without a timer.
public final class ZoneWriter implements ClusterSink, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ZoneWriter.class);

  /// Objects that may wait for the writer before sources do. All that wait become one batch, and
  /// while that is applied, old and new versions are both there: some 5 kB for a slice of ten
  /// endpoints.
  public static final int CAPACITY = 100;

  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);

  private final EventQueue queue = new EventQueue(CAPACITY);
  private final CountDownLatch known = new CountDownLatch(1);
  private final CountDownLatch restoring = new CountDownLatch(1);
  private final CountDownLatch synced = new CountDownLatch(1);
  private final ZonePublisher publisher;
  private final ZoneListener listener;
  private final SteadyThread thread;

  /// The request for the objects that waits for the writer's thread, if there is one.
  private final AtomicReference<@Nullable CompletableFuture<ClusterObjects>> asked =
      new AtomicReference<>();

  private ZoneWriter(ZonePublisher publisher, ZoneListener listener) {
    this.publisher = publisher;
    this.listener = listener;
    this.thread = SteadyThread.loop("zone-writer", this::step);
  }

  /// Starts the thread. The zones are there at once; what they hold of the cluster follows.
  public static ZoneWriter start(
      SchemaOptions options, InstantSource clock, ZoneListener listener) {
    var writer = new ZoneWriter(new ZonePublisher(options, clock, listener), listener);
    writer.thread.start();
    return writer;
  }

  @Override
  public void accept(List<ClusterEvent> batch) throws InterruptedException {
    accept(batch, System.nanoTime());
  }

  @Override
  public void accept(List<ClusterEvent> batch, long arrivedNanos) throws InterruptedException {
    queue.put(batch, arrivedNanos);
  }

  /// Objects that have events waiting for the writer.
  public int queued() {
    return queue.size();
  }

  /// The table of the published zones; the same for ever.
  public ZoneTable table() {
    return publisher.table();
  }

  /// Whether all kinds of objects that the options need have been published, if only from the
  /// snapshot. Once true, stays true.
  public boolean known() {
    return known.getCount() == 0;
  }

  /// Waits until all these kinds are published as they are now; false if that takes too long.
  public boolean awaitSynced(Duration patience) throws InterruptedException {
    return synced.await(patience.toNanos(), TimeUnit.NANOSECONDS);
  }

  /// As [#awaitSynced], but no longer than until an earlier process's objects begin to be
  /// published.
  public boolean awaitSyncedOrRestoring(Duration patience) throws InterruptedException {
    return restoring.await(patience.toNanos(), TimeUnit.NANOSECONDS);
  }

  /// The objects and the zones between two batches, handed out by the writer's thread. All who wait
  /// at one moment get the same.
  ///
  /// @throws TimeoutException if the writer is busy for longer, or has ended
  public ClusterObjects objects(Duration patience) throws InterruptedException, TimeoutException {
    CompletableFuture<ClusterObjects> mine = new CompletableFuture<>();
    CompletableFuture<ClusterObjects> first = asked.compareAndExchange(null, mine);
    CompletableFuture<ClusterObjects> answer = first == null ? mine : first;
    queue.wake();
    try {
      return answer.get(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  private void answer() {
    CompletableFuture<ClusterObjects> waiting = asked.getAndSet(null);
    if (waiting != null) {
      try {
        waiting.complete(publisher.objects());
      } catch (RuntimeException e) {
        waiting.completeExceptionally(e);
      }
    }
  }

  /// Ends the thread once it has published the batch it is at. Events that wait are dropped.
  @Override
  public void close() {
    thread.close();
    queue.close();
    if (!thread.awaitEnd(CLOSE_PATIENCE)) {
      LOG.warn("zone-writer has not ended within {}", CLOSE_PATIENCE);
    }
  }

  private void step() throws InterruptedException {
    List<EventQueue.Waiting> batch = queue.take();
    if (!batch.isEmpty()) {
      write(batch);
    }
    answer();
  }

  private void write(List<EventQueue.Waiting> batch) {
    boolean following = publisher.synced();
    publisher.apply(batch.stream().map(EventQueue.Waiting::event).toList());
    // Of changes alone: how long the first sight of a cluster takes is another matter.
    if (following) {
      long now = System.nanoTime();
      batch.forEach(event -> listener.visible(now - event.sinceNanos()));
    }
    if (publisher.known()) {
      known.countDown();
    }
    if (publisher.known() || publisher.restored()) {
      restoring.countDown();
    }
    if (publisher.synced()) {
      synced.countDown();
    }
  }
}
