package io.clusterzone.k8s.api.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clusterzone.k8s.api.connect.RenewedTransport.Route;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// When a connection is made anew.
final class RenewedTransportTest {
  private static final Transport.Request REQUEST = new Transport.Request("/", "", false);
  private static final long SECOND_NANOS = Duration.ofSeconds(1).toNanos();

  private final FakeTiming timing = new FakeTiming();
  private final List<Fake> made = new ArrayList<>();
  private Instant until = Instant.MAX;
  private boolean broken;
  private Route route = new Route("https://first", "");
  private final RenewedTransport transport = new RenewedTransport(new Opener(), route, timing);

  private final class Opener implements RenewedTransport.Opener {
    @Override
    public RenewedTransport.Made open() throws IOException {
      var next = new Fake();
      var opened = new RenewedTransport.Made(next, route(), until);
      made.add(next);
      return opened;
    }

    @Override
    public Route route() throws IOException {
      if (broken) {
        throw new CredentialsException("torn");
      }
      return route;
    }
  }

  private static final int UNTRUSTED = 0;
  private static final int AWAY = 1;

  /// Answers with its status.
  private static final class Fake implements Transport {
    private int status = 200;
    private @Nullable Transport instead;
    private boolean closed;

    @Override
    public Response get(Request request) throws IOException, InterruptedException {
      if (instead != null) {
        return instead.get(request);
      }
      return switch (status) {
        case UNTRUSTED -> throw new IOException(new SSLHandshakeException("unknown"));
        case AWAY -> throw new ConnectException("refused");
        default -> new Answer(status);
      };
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  private record Answer(int status) implements Transport.Response {
    @Override
    public String header(String name) {
      return "";
    }

    @Override
    public Transport.Piece next(long nanos) {
      return new Transport.Piece.End();
    }

    @Override
    public void close() {}
  }

  private int get() throws Exception {
    try (Transport.Response response = transport.get(REQUEST)) {
      return response.status();
    }
  }

  @Test
  void staysAsItIsWhileAllIsWell() throws Exception {
    assertThat(get()).isEqualTo(200);
    timing.advance(3600 * SECOND_NANOS);
    assertThat(get()).isEqualTo(200);
    made.getFirst().status = 403;
    assertThat(get()).isEqualTo(403);
    assertThat(made).hasSize(1);
  }

  @Test
  void isRenewedWhenCredentialsAreRefusedButNotAllTheTime() throws Exception {
    assertThat(get()).isEqualTo(200);
    made.getFirst().status = 401;
    assertThat(get()).as("too early").isEqualTo(401);
    timing.advance(SECOND_NANOS);
    assertThat(get()).isEqualTo(200);
    assertThat(made).hasSize(2);
    assertThat(made.getFirst().closed).isTrue();
  }

  @Test
  void isRenewedWhenOneSideDoesNotTrustTheOther() throws Exception {
    assertThat(get()).isEqualTo(200);
    made.getFirst().status = UNTRUSTED;
    assertThatThrownBy(this::get).hasRootCauseInstanceOf(SSLHandshakeException.class);
    timing.advance(SECOND_NANOS);
    assertThat(get()).isEqualTo(200);
  }

  /// A port that is open and a server that is away, as behind a load balancer: what still hangs on
  /// the other servers goes on.
  @Test
  void staysAsItIsWhenAHandshakeIsBrokenOff() throws Exception {
    assertThat(get()).isEqualTo(200);
    timing.advance(SECOND_NANOS);
    try (var listener = new ServerSocket(0, 9, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> breakOff(listener));
      made.getFirst().instead = https(listener.getLocalPort());
      assertThatThrownBy(this::get).hasRootCauseInstanceOf(SSLException.class);
    }
    assertThat(made).hasSize(1);
    assertThat(made.getFirst().closed).isFalse();
  }

  private static Transport https(int port) {
    var access = new ApiAccess.Endpoint("https://127.0.0.1:" + port, "", "", "");
    return ApiConnection.open(access, Map.of(), Path.of("/nowhere")).transport();
  }

  /// Every connection, until the listener is closed: the client tries again by itself.
  private static void breakOff(ServerSocket listener) {
    try {
      while (true) {
        try (var connection = listener.accept()) {
          assertThat(connection.getInputStream().read(new byte[1 << 14])).isPositive();
        }
      }
    } catch (IOException e) {
      assertThat(listener.isClosed()).isTrue();
    }
  }

  @Test
  void isRenewedWhenTheServerIsAwayAndIsToBeFoundElsewhere() throws Exception {
    assertThat(get()).isEqualTo(200);
    made.getFirst().status = AWAY;
    timing.advance(SECOND_NANOS);
    assertThatThrownBy(this::get).hasMessage("refused");
    broken = true;
    assertThatThrownBy(this::get).as("a file that is being written").hasMessage("refused");
    broken = false;
    route = new Route("https://second", "");
    assertThat(transport.server()).isEqualTo("https://first");
    assertThat(get()).isEqualTo(200);
    assertThat(transport.server()).isEqualTo("https://second");
    assertThat(made).hasSize(2);
    assertThat(made.getFirst().closed).isTrue();
  }

  @Test
  void isRenewedWhenTheServerIsAwayAndTheProxyIsAnother() throws Exception {
    assertThat(get()).isEqualTo(200);
    made.getFirst().status = AWAY;
    timing.advance(SECOND_NANOS);
    route = new Route("https://first", "http://proxy");
    assertThat(get()).isEqualTo(200);
    assertThat(made).hasSize(2);
  }

  @Test
  void isNotRenewedWhileTheServerAnswersWhereItWas() throws Exception {
    assertThat(get()).isEqualTo(200);
    route = new Route("https://second", "");
    timing.advance(SECOND_NANOS);
    assertThat(get()).isEqualTo(200);
    assertThat(made).hasSize(1);
  }

  @Test
  void isRenewedWhenItsCertificateExpires() throws Exception {
    until = timing.now().plusSeconds(10);
    assertThat(get()).isEqualTo(200);
    timing.advance(10 * SECOND_NANOS);
    until = Instant.MAX;
    assertThat(get()).isEqualTo(200);
    assertThat(made).hasSize(2);
  }

  /// Each connection that is made cuts what hangs on the one before.
  @Test
  void isLeftToTheServerWhereItsCertificateIsExpiredFromTheStart() throws Exception {
    until = timing.now().minusSeconds(1);
    assertThat(get()).isEqualTo(200);
    timing.advance(10 * SECOND_NANOS);
    assertThat(get()).isEqualTo(200);
    assertThat(made).hasSize(1);
    made.getFirst().status = 401;
    assertThat(get()).isEqualTo(200);
    assertThat(made).hasSize(2);
  }

  /// A file that is just being written is no reason to give up what there is.
  @Test
  void keepsWhatItHasWhileTheNextCannotBeMade() throws Exception {
    assertThat(get()).isEqualTo(200);
    made.getFirst().status = 401;
    timing.advance(SECOND_NANOS);
    broken = true;
    assertThatThrownBy(this::get).hasMessage("torn");
    assertThat(made.getFirst().closed).isFalse();
    broken = false;
    assertThat(get()).isEqualTo(200);
  }

  @Test
  void isNotMadeAgainOnceClosed() throws Exception {
    assertThat(get()).isEqualTo(200);
    transport.close();
    assertThat(made.getFirst().closed).isTrue();
    assertThatThrownBy(this::get).hasMessage("closed");
    assertThat(made).hasSize(1);
  }
}
