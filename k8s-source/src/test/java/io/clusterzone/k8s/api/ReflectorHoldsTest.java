package io.clusterzone.k8s.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.k8s.api.connect.FakeTiming;
import io.clusterzone.k8s.api.connect.Transport;
import io.clusterzone.k8s.model.ClusterEvent;
import io.clusterzone.k8s.model.ClusterSink;
import io.clusterzone.k8s.model.Kind;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// The things that wait, and are waited for, while the server or the receiver keeps a reflector
/// busy.
final class ReflectorHoldsTest {
  private static final Duration HOLD = Duration.ofSeconds(1);

  private static final String ADDED =
      """
      {"type":"ADDED","object":{"metadata":{"name":"db-1","namespace":"shop","resourceVersion":"5",\
      "labels":{"kubernetes.io/service-name":"db"}},"endpoints":[{"addresses":["10.0.0.1"]}]}}\
      """;
  private static final String ALL_SENT =
      """
      {"type":"BOOKMARK","object":{"metadata":{"resourceVersion":"7",\
      "annotations":{"k8s.io/initial-events-end":"true"}}}}\
      """;
  private static final String DELETED = ADDED.replace("ADDED", "DELETED").replace("\"5\"", "\"8\"");

  private final FakeTiming timing = new FakeTiming();
  private final ServedModel served = new ServedModel();
  private final KindStatus status = new KindStatus(Kind.ENDPOINT_SLICE);

  /// Has the server send these bodies, piece by piece, and then be away for a few minutes.
  private void run(ClusterSink sink, List<List<String>> bodies) {
    var feed = Feeds.of(status, timing, HOLD.toNanos(), sink);
    var resource = new Resource(Kind.ENDPOINT_SLICE, "", "", "", false);
    var transport = new Server(new ArrayDeque<>(bodies));
    new Reflector(resource, transport, feed, timing, new Random(1), Patience.DEFAULT).run();
  }

  /// The other side of a change that empties a Service may never come.
  @Test
  void whatIsHeldBackGoesOutThoughTheServerIsAway() {
    run(served, List.of(List.of(ADDED, ALL_SENT, DELETED)));
    assertThat(served.events().getLast()).isInstanceOf(ClusterEvent.Remove.class);
  }

  /// The server sends no faster than it is read.
  @Test
  void aReceiverThatIsBehindIsNoServerThatIsSilent() {
    ClusterSink behind = _ -> timing.advance(Duration.ofMinutes(1).toNanos());
    run(behind, List.of(List.of(ADDED, ALL_SENT)));
    assertThat(status.relists(RelistReason.START)).isOne();
  }

  /// Sends bodies one after the other, then fails a while, and at last stops the reflector.
  private static final class Server implements Transport {
    private final Queue<List<String>> bodies;
    private int failures = 12;

    Server(Queue<List<String>> bodies) {
      this.bodies = bodies;
    }

    @Override
    public Response get(Request request) throws IOException, InterruptedException {
      List<String> body = bodies.poll();
      if (body != null) {
        return new Body(body);
      }
      if (failures-- == 0) {
        throw new InterruptedException();
      }
      throw new IOException("connection refused");
    }

    @Override
    public void close() {}
  }

  /// A piece comes to those who wait for it.
  private static final class Body extends ScriptedBody {
    Body(List<String> pieces) {
      super(200, new ArrayDeque<>(pieces));
    }

    @Override
    public Transport.Piece next(long nanos) throws IOException {
      return nanos == 0 ? new Transport.Piece.Silence() : super.next(nanos);
    }
  }
}
