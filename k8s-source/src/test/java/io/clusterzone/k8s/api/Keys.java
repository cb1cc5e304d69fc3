package io.clusterzone.k8s.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/// A key and a certificate, for 127.0.0.1 unless told otherwise, that is its own authority, made by
/// the JDK's keytool.
final class Keys {
  private static final char[] PASSWORD = "secret".toCharArray();

  private final Path directory;
  private final String name;
  private final Path store;

  Keys(Path directory, String name) throws IOException, InterruptedException {
    this(directory, name, "IP:127.0.0.1");
  }

  /// For what the alternative names say, in keytool's words.
  Keys(Path directory, String name, String names) throws IOException, InterruptedException {
    this.directory = directory;
    this.name = name;
    this.store = directory.resolve(name + ".p12");
    keytool("-genkeypair", "-keyalg", "EC", "-dname", "CN=" + name, "-ext", "SAN=" + names);
    keytool("-exportcert", "-rfc", "-file", certificate().toString());
  }

  private void keytool(String... command) throws IOException, InterruptedException {
    var line =
        new ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
    line.addAll(List.of(command));
    line.addAll(List.of("-alias", "k", "-storepass", "secret", "-keystore", store.toString()));
    assertThat(new ProcessBuilder(line).inheritIO().start().waitFor()).isZero();
  }

  /// The certificate as a PEM file.
  Path certificate() {
    return directory.resolve(name + ".crt");
  }

  /// The private key as a PEM file.
  Path key() throws Exception {
    byte[] encoded = load().getKey("k", PASSWORD).getEncoded();
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded);
    return Files.writeString(
        directory.resolve(name + ".key"),
        "-----BEGIN PRIVATE KEY-----\n" + text + "\n-----END PRIVATE KEY-----\n");
  }

  private KeyStore load() throws Exception {
    return KeyStore.getInstance(store.toFile(), PASSWORD);
  }

  /// A TLS socket that shows the certificate.
  ServerSocket listen() throws Exception {
    return context(null).getServerSocketFactory().createServerSocket(0, 50, loopback());
  }

  /// The same, for clients that show a certificate of these keys.
  ServerSocket listenFor(Keys clients) throws Exception {
    var authorities = KeyStore.getInstance(KeyStore.getDefaultType());
    authorities.load(null, null);
    authorities.setCertificateEntry("k", clients.load().getCertificate("k"));
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(authorities);
    var socket =
        (SSLServerSocket)
            context(trust.getTrustManagers())
                .getServerSocketFactory()
                .createServerSocket(0, 50, loopback());
    socket.setNeedClientAuth(true);
    return socket;
  }

  private SSLContext context(TrustManager @Nullable [] trust) throws Exception {
    var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(load(), PASSWORD);
    var context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust, null);
    return context;
  }

  private static InetAddress loopback() {
    return InetAddress.getLoopbackAddress();
  }
}
