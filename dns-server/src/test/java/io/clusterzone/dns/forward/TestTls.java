package io.clusterzone.dns.forward;

import io.clusterzone.dns.config.file.CorefileParser;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import javax.net.ssl.SSLSocketFactory;

/// Both ends of TLS, with a certificate that is its own authority.
final class TestTls {
  /// Whom the certificate names.
  static final String NAME = "client.example";

  private static final SSLSocketFactory SERVER = makeServer();

  private TestTls() {}

  static SslContext client() {
    try (InputStream certificate = resource("test-cert.pem")) {
      return SslContextBuilder.forClient().trustManager(certificate).build();
    } catch (IOException cause) {
      throw new UncheckedIOException(cause);
    }
  }

  static SSLSocketFactory server() {
    return SERVER;
  }

  private static SSLSocketFactory makeServer() {
    try (InputStream certificate = resource("test-cert.pem");
        InputStream key = resource("test-key.pem")) {
      SslContext context =
          SslContextBuilder.forServer(certificate, key).sslProvider(SslProvider.JDK).build();
      return ((JdkSslContext) context).context().getSocketFactory();
    } catch (IOException cause) {
      throw new UncheckedIOException(cause);
    }
  }

  private static InputStream resource(String name) {
    return Objects.requireNonNull(CorefileParser.class.getResourceAsStream(name));
  }
}
