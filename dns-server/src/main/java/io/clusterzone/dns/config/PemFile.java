package io.clusterzone.dns.config;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.clusterzone.k8s.text.PemKey;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;

/// A file in PEM form, as it was when the Corefile was read: later uses do not depend on their
/// time. Its text may be a secret, and is never shown.
public record PemFile(String path, String text) {
  /// No file.
  public static final PemFile NONE = new PemFile("", "");

  private static final byte[] ANY = "to see whether they belong together".getBytes(US_ASCII);

  public boolean isNone() {
    return path.isEmpty();
  }

  /// The same file with nothing in it.
  PemFile withoutText() {
    return new PemFile(path, "");
  }

  /// The certificates in it, in their order; at least one.
  ///
  /// @throws CertificateException if there is none, or one cannot be read
  public X509Certificate[] certificates() throws CertificateException {
    var in = new ByteArrayInputStream(text.getBytes(US_ASCII));
    X509Certificate[] found =
        CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
            .map(X509Certificate.class::cast)
            .toArray(X509Certificate[]::new);
    if (found.length == 0) {
      throw new CertificateException("no certificate in PEM form");
    }
    return found;
  }

  /// The private key in it.
  ///
  /// @throws InvalidKeyException if there is none that can be read
  public PrivateKey key() throws InvalidKeyException {
    try {
      return PemKey.read(text.getBytes(US_ASCII));
    } catch (GeneralSecurityException e) {
      throw new InvalidKeyException("no private key in PEM form", e);
    }
  }

  /// Whether the key in it is that of the first certificate: what one signs, the other confirms. A
  /// pair of files may be read while one is new and the other not.
  public boolean isKeyOf(PemFile certificate) throws CertificateException, InvalidKeyException {
    PrivateKey key = key();
    PublicKey confirmed = certificate.certificates()[0].getPublicKey();
    try {
      var signature = Signature.getInstance(algorithm(key.getAlgorithm()));
      signature.initSign(key);
      signature.update(ANY);
      byte[] signed = signature.sign();
      signature.initVerify(confirmed);
      signature.update(ANY);
      return signature.verify(signed);
    } catch (GeneralSecurityException _) {
      return false;
    }
  }

  private static String algorithm(String key) {
    return switch (key) {
      case "RSA" -> "SHA256withRSA";
      case "EC" -> "SHA256withECDSA";
      default -> "EdDSA";
    };
  }

  /// The path alone.
  @Override
  public String toString() {
    return path;
  }
}
