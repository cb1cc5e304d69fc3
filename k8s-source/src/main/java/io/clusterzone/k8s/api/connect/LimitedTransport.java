package io.clusterzone.k8s.api.connect;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/// Keeps requests within [ApiLimits] and reports them to the observer. Safe on any thread.
public final class LimitedTransport implements Transport {
  private final Transport transport;
  private final Supplier<String> host;
  private final TokenBucket tokens;
  private final Semaphore inflight;
  private final Timing timing;
  private final ApiObserver observer;

  public LimitedTransport(
      Transport transport,
      Supplier<String> host,
      ApiLimits limits,
      Timing timing,
      ApiObserver observer) {
    this.transport = transport;
    this.host = host;
    this.tokens = new TokenBucket(timing, limits.qps(), limits.burst());
    this.inflight = new Semaphore(limits.maxInflight());
    this.timing = timing;
    this.observer = observer;
  }

  @Override
  public Response get(Request request) throws IOException, InterruptedException {
    tokens.take();
    inflight.acquire();
    long sent = timing.nanoTime();
    int status = 0;
    boolean goesOn = false;
    try {
      Response response = transport.get(request);
      status = response.status();
      goesOn = !request.watch();
      return goesOn ? new Counted(response, inflight) : response;
    } finally {
      if (!goesOn) {
        inflight.release();
      }
      observer.responded(host.get(), status, Duration.ofNanos(timing.nanoTime() - sent));
    }
  }

  @Override
  public void close() {
    transport.close();
  }

  /// A response that is under way until it is closed.
  private static final class Counted implements Response {
    private final Response response;
    private final Semaphore inflight;
    private final AtomicBoolean closed = new AtomicBoolean();

    Counted(Response response, Semaphore inflight) {
      this.response = response;
      this.inflight = inflight;
    }

    @Override
    public int status() {
      return response.status();
    }

    @Override
    public String header(String name) {
      return response.header(name);
    }

    @Override
    public Piece next(long nanos) throws IOException, InterruptedException {
      return response.next(nanos);
    }

    @Override
    public void close() {
      response.close();
      if (closed.compareAndSet(false, true)) {
        inflight.release();
      }
    }
  }
}
