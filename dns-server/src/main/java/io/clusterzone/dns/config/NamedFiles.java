package io.clusterzone.dns.config;

import io.netty.handler.ssl.SslContextBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.List;

/// Looks at the files that a directive names and that are opened later: what is wrong with them is
/// told with the place where they are named.
final class NamedFiles {
  private final Arguments arguments;
  private final TextFiles files;

  NamedFiles(Arguments arguments, TextFiles files) {
    this.arguments = arguments;
    this.files = files;
  }

  /// Files of any form.
  void checkReadable(List<Token> words) {
    words.forEach(this::read);
  }

  /// What the option `tls` of `forward` names: `[CERT KEY] [CA]`, told apart by their number.
  void checkTls(List<Token> words) {
    if (words.size() % 2 == 1) {
      checkCertificates(words.getLast());
    }
    if (words.size() > 1 && checkCertificates(words.getFirst())) {
      checkKey(words.getFirst(), words.get(1));
    } else if (words.size() > 1) {
      read(words.get(1));
    }
  }

  private boolean checkCertificates(Token word) {
    String text = read(word);
    if (text.isEmpty()) {
      return false;
    }
    try {
      var certificates = CertificateFactory.getInstance("X.509").generateCertificates(stream(text));
      if (!certificates.isEmpty()) {
        return true;
      }
    } catch (CertificateException _) {
      // Told below, as of a file that has none.
    }
    arguments.problem(word, "\"" + word.text() + "\" holds no certificates in PEM form");
    return false;
  }

  private void checkKey(Token certificate, Token key) {
    String text = read(key);
    if (text.isEmpty()) {
      return;
    }
    try {
      var _ = SslContextBuilder.forClient().keyManager(stream(read(certificate)), stream(text));
    } catch (IllegalArgumentException _) {
      arguments.problem(
          key, "\"" + key.text() + "\" holds no private key in PEM form (PKCS #8, not encrypted)");
    }
  }

  /// The text of the file; empty, and told, if there is none to be had.
  private String read(Token word) {
    String problem;
    try {
      String text = files.read(arguments.path(word));
      problem = text.isEmpty() ? "it is empty" : "";
      if (problem.isEmpty()) {
        return text;
      }
    } catch (NoSuchFileException _) {
      problem = "there is no such file";
    } catch (IOException e) {
      problem = Imports.reason(e);
    }
    arguments.problem(word, "\"" + word.text() + "\" cannot be read: " + problem);
    return "";
  }

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }
}
