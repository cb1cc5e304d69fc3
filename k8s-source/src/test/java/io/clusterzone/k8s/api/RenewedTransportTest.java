package io.clusterzone.k8s.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

/// When a connection is made anew.
final class RenewedTransportTest {
  private static final Transport.Request REQUEST = new Transport.Request("/", "", false);
  private static final long SECOND_NANOS = Duration.ofSeconds(1).toNanos();

  private final FakeTiming timing = new FakeTiming();
  private final List<Fake> made = new ArrayList<>();
  private Instant until = Instant.MAX;
  private boolean broken;
  private final RenewedTransport transport = new RenewedTransport(this::open, timing);

  private RenewedTransport.Made open() throws IOException {
    if (broken) {
      throw new CredentialsException("torn");
    }
    var next = new Fake();
    made.add(next);
    return new RenewedTransport.Made(next, until);
  }

  /// Answers with its status; 0 stands for a failure of TLS.
  private static final class Fake implements Transport {
    private int status = 200;
    private boolean closed;

    @Override
    public Response get(Request request) throws IOException {
      if (status == 0) {
        throw new IOException(new SSLHandshakeException("unknown"));
      }
      return new Answer(status);
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
    made.getFirst().status = 0;
    assertThatThrownBy(this::get).hasRootCauseInstanceOf(SSLHandshakeException.class);
    timing.advance(SECOND_NANOS);
    assertThat(get()).isEqualTo(200);
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
