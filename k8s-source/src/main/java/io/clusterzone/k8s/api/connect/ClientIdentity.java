package io.clusterzone.k8s.api.connect;

import io.clusterzone.k8s.file.Limit;
import io.clusterzone.k8s.file.RegularFile;
import io.clusterzone.k8s.text.PemKey;
import io.fabric8.kubernetes.client.Config;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import org.jspecify.annotations.Nullable;

/// The certificate that a client is known by. The client library needs another one to read keys of
/// elliptic curves, which some distributions' kubeconfig files have, so they are read here.
final class ClientIdentity {
  private static final char[] PASSWORD = {};

  private ClientIdentity() {}

  /// Takes certificate and key out of the configuration; null if it has none.
  ///
  /// @throws CredentialsException if they cannot be read
  static KeyManager @Nullable [] take(Config config) throws CredentialsException {
    try {
      byte[] certificate = read(config.getClientCertData(), config.getClientCertFile());
      byte[] key = read(config.getClientKeyData(), config.getClientKeyFile());
      if (certificate.length == 0 || key.length == 0) {
        return null;
      }
      config.setClientCertData(null);
      config.setClientCertFile(null);
      config.setClientKeyData(null);
      config.setClientKeyFile(null);
      return managers(
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(certificate))
              .toArray(Certificate[]::new),
          PemKey.read(key));
    } catch (IOException e) {
      throw new CredentialsException("the client certificate cannot be read: " + e, e);
    } catch (CertificateException e) {
      throw new CredentialsException("the client certificate is none in PEM or DER", e);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new CredentialsException("the client certificate cannot be used: " + e.getMessage(), e);
    }
  }

  /// Data in the kubeconfig comes before a file that it names; empty if neither is there.
  private static byte[] read(@Nullable String base64, @Nullable String file) throws IOException {
    if (base64 != null && !base64.isEmpty()) {
      return Base64.getMimeDecoder().decode(base64);
    }
    return file == null || file.isEmpty()
        ? new byte[0]
        : RegularFile.octets(Path.of(file), Limit.CONFIGURATION_OCTETS);
  }

  private static KeyManager[] managers(Certificate[] chain, PrivateKey key)
      throws GeneralSecurityException, IOException {
    var store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry("client", key, PASSWORD, chain);
    var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, PASSWORD);
    return factory.getKeyManagers();
  }
}
