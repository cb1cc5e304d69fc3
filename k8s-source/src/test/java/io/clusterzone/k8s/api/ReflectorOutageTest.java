package io.clusterzone.k8s.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.k8s.api.connect.FakeTiming;
import io.clusterzone.k8s.api.connect.Transport;
import io.clusterzone.k8s.model.ClusterEvent;
import io.clusterzone.k8s.model.ClusterSink;
import io.clusterzone.k8s.model.Kind;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Silence and outages in the middle of a reflector's work, with a server of a few lines.
final class ReflectorOutageTest {
  /// Nothing comes for as long as it is waited for, or for a moment.
  private static final String QUIET = "quiet";

  private static final String AT_FIRST_NOTHING = "at first nothing";
  private static final long MOMENT_NANOS = 1_000_000;
  private static final String CUT = "cut";
  private static final List<String> AWAY = List.of();

  private final FakeTiming timing = new FakeTiming();
  private final KindStatus status = new KindStatus(Kind.ENDPOINT_SLICE);
  private final Queue<List<String>> answers = new ArrayDeque<>();
  private final List<Long> arrivedNanos = new ArrayList<>();

  /// Gives these answers, each in pieces, until there is none left.
  private void follow(List<List<String>> script) {
    answers.addAll(script);
    var feed = Feeds.of(status, timing, Patience.DEFAULT.hold().toNanos(), new Sink());
    var resource = new Resource(Kind.ENDPOINT_SLICE, "", "", "", false);
    new Reflector(resource, new Server(), feed, timing, new Random(1), Patience.DEFAULT).run();
  }

  private static String list(String version, String... items) {
    return """
    {"kind":"EndpointSliceList","metadata":{"resourceVersion":"%s"},"items":[%s]}\
    """
        .formatted(version, String.join(",", items));
  }

  /// The only slice of a headless Service.
  private static String slice(String version) {
    return """
    {"metadata":{"namespace":"shop","name":"db-1","uid":"u","resourceVersion":"%s",\
    "labels":{"kubernetes.io/service-name":"db"}},"addressType":"IPv4",\
    "endpoints":[{"addresses":["10.0.0.1"]}],"ports":[{"port":80}]}\
    """
        .formatted(version);
  }

  private static String event(String type, String version) {
    return "{\"type\":\"%s\",\"object\":%s}%n".formatted(type, slice(version));
  }

  /// The watch has its time to tell what it could not while the server was away.
  @Test
  void whatHappenedBeforeTheServerWentAwayIsNoDrift() {
    var script = new ArrayList<List<String>>();
    script.add(List.of(list("7", slice("7"))));
    script.add(List.of(QUIET, QUIET)); // three minutes without a word
    script.add(List.of(list("7"))); // the store is as before
    script.add(List.of(QUIET, QUIET, CUT)); // two minutes, and the check is due
    script.add(List.of(list("8", slice("8"))));
    script.addAll(Collections.nCopies(20, AWAY));
    script.add(List.of(list("8")));
    script.add(List.of(AT_FIRST_NOTHING, event("MODIFIED", "8"), QUIET, QUIET));
    follow(script);
    assertThat(answers).isEmpty();
    assertThat(status.drift()).isZero();
  }

  /// The only slice is gone, and what is held back of it goes out of another watch.
  @Test
  void whatWasHeldBackArrivedWhenItWasHeard() {
    long begun = System.nanoTime();
    follow(List.of(List.of(list("7", slice("7"))), List.of(event("DELETED", "8")), List.of(QUIET)));
    assertThat(arrivedNanos).hasSize(3).allMatch(arrived -> arrived - begun >= 0);
  }

  /// Gives the answers of the script one by one, and stops the reflector after the last.
  private final class Server implements Transport {
    @Override
    public Response get(Request request) throws IOException, InterruptedException {
      if (request.path().contains("sendInitialEvents")) {
        return new Body(422, List.of("{\"kind\":\"Status\",\"code\":422}"));
      }
      List<String> answer = answers.poll();
      if (answer == null) {
        throw new InterruptedException();
      }
      if (answer.isEmpty()) {
        throw new IOException("connection refused");
      }
      return new Body(200, answer);
    }

    @Override
    public void close() {}
  }

  /// Notes when batches arrived.
  private final class Sink implements ClusterSink {
    @Override
    public void accept(List<ClusterEvent> batch) {}

    @Override
    public void accept(List<ClusterEvent> batch, long arrived) {
      arrivedNanos.add(arrived);
    }
  }

  private final class Body extends ScriptedBody {
    Body(int status, List<String> pieces) {
      super(status, new ArrayDeque<>(pieces));
    }

    @Override
    Transport.Piece piece(String text, long nanos) throws IOException {
      return switch (text) {
        case QUIET -> silence(nanos);
        case AT_FIRST_NOTHING -> silence(Math.min(nanos, MOMENT_NANOS));
        case CUT -> throw new IOException("cut");
        default -> super.piece(text, nanos);
      };
    }

    private Transport.Piece silence(long nanos) {
      timing.advance(nanos);
      return new Transport.Piece.Silence();
    }
  }
}
