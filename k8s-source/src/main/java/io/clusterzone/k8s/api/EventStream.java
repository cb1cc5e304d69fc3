package io.clusterzone.k8s.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.clusterzone.k8s.api.connect.Transport;
import io.clusterzone.k8s.api.connect.Transport.Piece;
import io.clusterzone.k8s.api.connect.Transport.Response;
import io.clusterzone.k8s.api.decode.ApiEvent;
import io.clusterzone.k8s.api.decode.ApiEvent.Failed;
import io.clusterzone.k8s.api.decode.Decoder;
import io.clusterzone.k8s.api.decode.Decoder.Content;
import io.clusterzone.k8s.api.decode.MalformedBodyException;
import io.clusterzone.k8s.model.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A response of the API server as the events it carries. One thread.
final class EventStream implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EventStream.class);

  private static final int OK = 200;

  /// An error's body is worth no more than this.
  private static final long ERROR_BODY_NANOS = Duration.ofSeconds(5).toNanos();

  private static final int ERROR_BODY_OCTETS = 64 << 10;

  /// Of an error in plain text.
  private static final int ERROR_LINE_OCTETS = 200;

  private final Response response;
  private final Decoder decoder;
  private final IntConsumer received;
  private final List<ApiEvent> events = new ArrayList<>();
  private long arrivedNanos;

  private EventStream(Response response, Resource resource, Content content, IntConsumer received) {
    this.response = response;
    this.received = received;
    this.decoder =
        Decoder.of(
            response.header("Content-Type"),
            resource.kind(),
            resource.podNames(),
            content,
            events::add);
  }

  /// Sends the request. `received` gets the number of octets of each part of the body.
  ///
  /// @throws ApiFailure if the server refuses
  static EventStream open(
      Transport transport,
      Transport.Request request,
      Resource resource,
      Content content,
      IntConsumer received)
      throws IOException, InterruptedException {
    Response response = transport.get(request);
    if (response.status() == OK) {
      return new EventStream(response, resource, content, received);
    }
    try (response) {
      throw new ApiFailure(failure(response, resource.kind()));
    }
  }

  enum Next {
    DATA,
    SILENCE,
    END
  }

  /// Waits for the next piece of the body; [#events] then has what it completed.
  Next next(long nanos) throws IOException, InterruptedException {
    events.clear();
    return switch (response.next(nanos)) {
      case Piece.Data(var buffers) -> {
        arrivedNanos = System.nanoTime();
        for (ByteBuffer buffer : buffers) {
          received.accept(buffer.remaining());
          decoder.feed(buffer);
        }
        yield Next.DATA;
      }
      case Piece.Silence() -> Next.SILENCE;
      case Piece.End() -> {
        decoder.end();
        yield Next.END;
      }
    };
  }

  /// Takes one event.
  interface Taker {
    void take(ApiEvent event) throws IOException;
  }

  /// Reads the body to its end.
  ///
  /// @throws StalledException if nothing comes for so long
  void readAll(Duration silence, Taker taker) throws IOException, InterruptedException {
    Next got;
    do {
      got = next(silence.toNanos());
      if (got == Next.SILENCE) {
        throw StalledException.afterNanos(silence.toNanos());
      }
      for (ApiEvent event : events) {
        taker.take(event);
      }
    } while (got != Next.END);
  }

  /// The arrival of the last piece of the body, by [System#nanoTime].
  long arrivedNanos() {
    return arrivedNanos;
  }

  /// The events since the last wait began; overwritten by the next.
  List<ApiEvent> events() {
    return events;
  }

  @Override
  public void close() {
    response.close();
  }

  /// The Status in the body of an error, or as much as else is said: what a server has before its
  /// API, such as the limit on requests, answers in plain text.
  private static Failed failure(Response response, Kind kind) throws InterruptedException {
    String mediaType = response.header("Content-Type");
    Duration retryAfter = seconds(response.header("Retry-After"));
    if (mediaType.startsWith("text/plain")) {
      return new Failed(response.status(), "HTTP status", firstLine(response), retryAfter);
    }
    List<ApiEvent> said = new ArrayList<>();
    var decoder = Decoder.of(mediaType, kind, false, Content.LIST, said::add);
    try {
      readWhole(response, decoder::feed);
      decoder.end();
    } catch (MalformedBodyException _) {
      // A proxy's page: the status is all there is to know.
    }
    for (ApiEvent event : said) {
      if (event instanceof Failed(_, var reason, var message, var after)) {
        return new Failed(
            response.status(), reason, message, retryAfter.isZero() ? after : retryAfter);
      }
    }
    return new Failed(response.status(), "HTTP status", "", retryAfter);
  }

  private static String firstLine(Response response) throws InterruptedException {
    var text = ByteBuffer.allocate(ERROR_LINE_OCTETS);
    readWhole(
        response,
        buffer -> {
          while (buffer.hasRemaining() && text.hasRemaining()) {
            text.put(buffer.get());
          }
        });
    return UTF_8.decode(text.flip()).toString().lines().findFirst().orElse("");
  }

  /// Takes a piece of a body.
  private interface Eater {
    void eat(ByteBuffer piece) throws MalformedBodyException;
  }

  /// Reads up to where it is torn, or cannot be eaten: the status has been said already.
  private static void readWhole(Response response, Eater eater) throws InterruptedException {
    int octets = 0;
    try {
      while (octets < ERROR_BODY_OCTETS
          && response.next(ERROR_BODY_NANOS) instanceof Piece.Data(var buffers)) {
        for (ByteBuffer buffer : buffers) {
          octets += buffer.remaining();
          eater.eat(buffer);
        }
      }
    } catch (IOException e) {
      LOG.debug("an error's body breaks off", e);
    }
  }

  /// `Retry-After` in seconds; the API server never sends a date.
  private static Duration seconds(String text) {
    boolean number = !text.isEmpty() && text.length() < 6;
    for (int i = 0; i < text.length(); i++) {
      number &= text.charAt(i) >= '0' && text.charAt(i) <= '9';
    }
    return number ? Duration.ofSeconds(Integer.parseInt(text)) : Duration.ZERO;
  }
}
