package io.clusterzone.k8s.text;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A private key in PEM: PKCS #8 (RFC 5958), and the older forms that kubeconfig files have, RSA's
/// of PKCS #1 and that of elliptic curves (RFC 5915). The JDK reads the first alone; the others
/// become it by a few octets around them.
public final class PemKey {
  private static final Pattern KEY =
      Pattern.compile("-----BEGIN ((?:RSA |EC )?)PRIVATE KEY-----([^-]+)-----END");

  private static final int INTEGER = 0x02;
  private static final int OCTET_STRING = 0x04;
  private static final int SEQUENCE = 0x30;

  /// The curve in a key of RFC 5915: `[0]`, with its object identifier inside.
  private static final int PARAMETERS = 0xa0;

  private static final byte[] RSA = HexFormat.of().parseHex("300d06092a864886f70d0101010500");
  private static final byte[] EC_PUBLIC_KEY = HexFormat.of().parseHex("06072a8648ce3d0201");
  private static final byte[] VERSION_0 = HexFormat.of().parseHex("020100");

  private PemKey() {}

  /// The key in a file; without a passphrase.
  ///
  /// @throws GeneralSecurityException if there is no key that can be read
  public static PrivateKey read(byte[] pem) throws GeneralSecurityException {
    Matcher found = KEY.matcher(new String(pem, US_ASCII));
    if (!found.find()) {
      throw new InvalidKeyException("no private key in PEM; one with a passphrase is not read");
    }
    try {
      byte[] body = Base64.getMimeDecoder().decode(found.group(2));
      return switch (found.group(1)) {
        case "RSA " -> pkcs8(wrap(RSA, body));
        case "EC " -> pkcs8(wrap(element(SEQUENCE, EC_PUBLIC_KEY, curve(body)), body));
        default -> pkcs8(body);
      };
    } catch (IllegalArgumentException | BufferUnderflowException e) {
      throw new InvalidKeyException("a private key that is torn", e);
    }
  }

  private static PrivateKey pkcs8(byte[] der) throws GeneralSecurityException {
    for (String algorithm : List.of("RSA", "EC", "EdDSA")) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
      } catch (InvalidKeySpecException e) {
        // Another algorithm's.
      }
    }
    throw new InvalidKeyException("a private key that is neither RSA, EC nor EdDSA");
  }

  private static byte[] wrap(byte[] algorithm, byte[] key) {
    return element(SEQUENCE, VERSION_0, algorithm, element(OCTET_STRING, key));
  }

  /// `SEQUENCE { INTEGER 1, OCTET STRING key, [0] curve, [1] public key }`.
  private static byte[] curve(byte[] key) {
    ByteBuffer in = ByteBuffer.wrap(key);
    expect(in, SEQUENCE);
    skip(in, INTEGER);
    skip(in, OCTET_STRING);
    byte[] curve = new byte[expect(in, PARAMETERS)];
    in.get(curve);
    return curve;
  }

  private static void skip(ByteBuffer in, int tag) {
    int length = expect(in, tag);
    in.position(in.position() + length);
  }

  /// Reads a tag and a length (X.690 section 8.1).
  private static int expect(ByteBuffer in, int tag) {
    if ((in.get() & 0xff) != tag) {
      throw new IllegalArgumentException("no key of RFC 5915");
    }
    int length = in.get() & 0xff;
    if (length < 0x80) {
      return length;
    }
    int value = 0;
    for (int i = 0; i < (length & 0x7f); i++) {
      value = value << 8 | (in.get() & 0xff);
    }
    return value;
  }

  private static byte[] element(int tag, byte[]... parts) {
    var content = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      content.writeBytes(part);
    }
    var out = new ByteArrayOutputStream();
    out.write(tag);
    int length = content.size();
    if (length < 0x80) {
      out.write(length);
    } else {
      out.write(0x82);
      out.write(length >>> 8);
      out.write(length);
    }
    out.writeBytes(content.toByteArray());
    return out.toByteArray();
  }
}
