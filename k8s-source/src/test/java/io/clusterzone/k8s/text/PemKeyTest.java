package io.clusterzone.k8s.text;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Every form in which a kubeconfig has a client's key.
final class PemKeyTest {
  private static byte[] pem(String label, byte[] der) {
    String body = Base64.getMimeEncoder().encodeToString(der);
    return ("bag attributes\n-----BEGIN "
            + label
            + "-----\n"
            + body
            + "\n-----END "
            + label
            + "-----\n")
        .getBytes(US_ASCII);
  }

  @ParameterizedTest
  @ValueSource(strings = {"RSA", "EC", "Ed25519"})
  void readsPkcs8(String algorithm) throws Exception {
    PrivateKey key = KeyPairGenerator.getInstance(algorithm).generateKeyPair().getPrivate();
    assertThat(PemKey.read(pem("PRIVATE KEY", key.getEncoded()))).isEqualTo(key);
  }

  /// The 26 octets before it are what RFC 5958 puts around a key of 2048 bits.
  @Test
  void readsPkcs1() throws Exception {
    var generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    PrivateKey key = generator.generateKeyPair().getPrivate();
    byte[] whole = key.getEncoded();
    byte[] inner = Arrays.copyOfRange(whole, 26, whole.length);
    assertThat(PemKey.read(pem("RSA PRIVATE KEY", inner))).isEqualTo(key);
  }

  /// RFC 5915 3: version 1, the private key, and the curve under the tag 0.
  @Test
  void readsKeysOfEllipticCurves() throws Exception {
    var generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    var key = (ECPrivateKey) generator.generateKeyPair().getPrivate();
    String secret = "%064x".formatted(key.getS());
    byte[] der =
        HexFormat.of().parseHex("3031020101" + "0420" + secret + "a00a06082a8648ce3d030107");
    var read = (ECPrivateKey) PemKey.read(pem("EC PRIVATE KEY", der));
    assertThat(read.getS()).isEqualTo(key.getS()).isNotEqualTo(BigInteger.ZERO);
    assertThat(read.getParams().getCurve()).isEqualTo(key.getParams().getCurve());
  }

  @Test
  void saysWhatItCannotRead() {
    assertThatThrownBy(() -> PemKey.read(pem("ENCRYPTED PRIVATE KEY", new byte[9])))
        .isInstanceOf(GeneralSecurityException.class)
        .hasMessageContaining("passphrase");
    assertThatThrownBy(() -> PemKey.read(pem("EC PRIVATE KEY", new byte[] {0x30, 4, 2})))
        .isInstanceOf(GeneralSecurityException.class)
        .hasMessageContaining("torn");
    assertThatThrownBy(() -> PemKey.read(pem("PRIVATE KEY", new byte[9])))
        .isInstanceOf(GeneralSecurityException.class)
        .hasMessageContaining("neither");
  }
}
