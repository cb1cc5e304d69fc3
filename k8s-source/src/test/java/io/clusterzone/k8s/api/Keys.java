package io.clusterzone.k8s.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
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

  /// The key stores made so far, by name and alternative names: a keytool is a process.
  private static final Map<String, byte[]> MADE = new HashMap<>();

  private final Path directory;
  private final String name;
  private final KeyStore store;

  Keys(Path directory, String name) throws Exception {
    this(directory, name, "IP:127.0.0.1");
  }

  /// For what the alternative names say, in keytool's words.
  Keys(Path directory, String name, String names) throws Exception {
    this.directory = directory;
    this.name = name;
    this.store = load(made(directory, name, names));
    pem(certificate(), "CERTIFICATE", store.getCertificate("k").getEncoded());
  }

  private static byte[] made(Path directory, String name, String names)
      throws IOException, InterruptedException {
    synchronized (MADE) {
      byte[] known = MADE.get(name + " " + names);
      if (known == null) {
        known = keytool(directory.resolve(name + ".p12"), "CN=" + name, "SAN=" + names);
        MADE.put(name + " " + names, known);
      }
      return known;
    }
  }

  private static byte[] keytool(Path store, String subject, String extension)
      throws IOException, InterruptedException {
    String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    var line = List.of(keytool, "-J-XX:TieredStopAtLevel=1", "-genkeypair", "-keyalg", "EC");
    var what = List.of("-dname", subject, "-ext", extension, "-alias", "k");
    var where = List.of("-storepass", new String(PASSWORD), "-keystore", store.toString());
    var command = Stream.of(line, what, where).flatMap(List::stream).toList();
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    return Files.readAllBytes(store);
  }

  private static KeyStore load(byte[] store) throws Exception {
    var loaded = KeyStore.getInstance("PKCS12");
    loaded.load(new ByteArrayInputStream(store), PASSWORD);
    return loaded;
  }

  private static Path pem(Path file, String label, byte[] encoded) throws IOException {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded);
    return Files.writeString(
        file, "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(label, text));
  }

  /// The certificate as a PEM file.
  Path certificate() {
    return directory.resolve(name + ".crt");
  }

  /// The private key as a PEM file.
  Path key() throws Exception {
    byte[] encoded = store.getKey("k", PASSWORD).getEncoded();
    return pem(directory.resolve(name + ".key"), "PRIVATE KEY", encoded);
  }

  /// A TLS socket that shows the certificate.
  ServerSocket listen() throws Exception {
    return context(null).getServerSocketFactory().createServerSocket(0, 50, loopback());
  }

  /// The same, for clients that show a certificate of these keys.
  ServerSocket listenFor(Keys clients) throws Exception {
    var authorities = KeyStore.getInstance(KeyStore.getDefaultType());
    authorities.load(null, null);
    authorities.setCertificateEntry("k", clients.store.getCertificate("k"));
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
    keys.init(store, PASSWORD);
    var context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust, null);
    return context;
  }

  private static InetAddress loopback() {
    return InetAddress.getLoopbackAddress();
  }
}
