package io.clusterzone.k8s.api.connect;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The transport over fabric8's HTTP client, which brings credentials, TLS and proxies.
public final class HttpTransport implements Transport {
  private final HttpClient client;
  private final String server;
  private final Duration headTimeout;

  /// `server` is the URL of the API server without a slash at its end; `headTimeout` is how long a
  /// response's head may take.
  public HttpTransport(HttpClient client, String server, Duration headTimeout) {
    this.client = client;
    this.server = server;
    this.headTimeout = headTimeout;
  }

  @Override
  public Response get(Request request) throws IOException, InterruptedException {
    var exchange = new Exchange();
    exchange.begin(await(send(request, exchange)));
    return exchange;
  }

  /// Credentials are read for each request; what that throws is a failure of the request.
  private CompletableFuture<HttpResponse<AsyncBody>> send(Request request, Exchange exchange)
      throws IOException {
    try {
      return client.consumeBytes(
          client
              .newHttpRequestBuilder()
              .uri(server + request.path())
              .header("Accept", request.accept())
              .timeout(headTimeout.toMillis(), TimeUnit.MILLISECONDS)
              .forStreaming()
              .build(),
          exchange);
    } catch (UncheckedIOException | IllegalArgumentException e) {
      throw Unreachable.failure(server, e);
    }
  }

  private <T> T await(CompletableFuture<T> future) throws IOException, InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw Unreachable.failure(server, e);
    } catch (InterruptedException e) {
      future.cancel(true);
      throw e;
    }
  }

  @Override
  public void close() {
    client.close();
  }

  /// Hands pieces from the client's threads to the reader's, one at a time: the client is asked for
  /// the next only when the reader waits for it.
  private final class Exchange implements Response, AsyncBody.Consumer<List<ByteBuffer>> {
    /// At most one piece and the end.
    private final BlockingQueue<Arrival> arrivals = new ArrayBlockingQueue<>(2);

    private @Nullable HttpResponse<AsyncBody> head;
    private boolean asked;

    /// A piece, or the failure that ended the body.
    private record Arrival(Piece piece, @Nullable Throwable failure) {}

    private void begin(HttpResponse<AsyncBody> response) throws IOException {
      if (response.body() == null) {
        // A proxy's answer in place of the server's.
        throw new IOException(server + ": the proxy refuses with status " + response.code());
      }
      head = response;
      var _ =
          response
              .body()
              .done()
              .whenComplete((_, thrown) -> arrivals.add(new Arrival(new Piece.End(), thrown)));
    }

    private HttpResponse<AsyncBody> head() {
      if (head == null) {
        throw new IllegalStateException("no response yet");
      }
      return head;
    }

    @Override
    public void consume(List<ByteBuffer> buffers, AsyncBody body) {
      arrivals.add(new Arrival(new Piece.Data(buffers), null));
    }

    @Override
    public int status() {
      return head().code();
    }

    @Override
    public String header(String name) {
      String value = head().header(name);
      return value == null ? "" : value;
    }

    @Override
    public Piece next(long nanos) throws IOException, InterruptedException {
      if (!asked) {
        asked = true;
        head().body().consume();
      }
      Arrival arrival = arrivals.poll(nanos, TimeUnit.NANOSECONDS);
      if (arrival == null) {
        return new Piece.Silence();
      }
      if (arrival.failure() != null) {
        throw Unreachable.failure(server, arrival.failure());
      }
      asked = false;
      return arrival.piece();
    }

    @Override
    public void close() {
      head().body().cancel();
    }
  }
}
