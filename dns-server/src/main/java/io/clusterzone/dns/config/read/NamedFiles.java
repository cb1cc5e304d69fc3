package io.clusterzone.dns.config.read;

import io.clusterzone.dns.config.Forward;
import io.clusterzone.dns.config.PemFile;
import io.clusterzone.dns.config.text.Arguments;
import io.clusterzone.dns.config.text.TextFiles;
import io.clusterzone.dns.config.text.Token;
import io.clusterzone.k8s.file.RegularFile;
import io.clusterzone.k8s.problem.ProblemKind;
import java.io.IOException;
import java.security.InvalidKeyException;
import java.security.cert.CertificateException;
import java.util.List;

/// Looks at the files that a directive names: faults in them are reported at the place of the name.
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

  /// The files of the option `tls` of `forward`, `[CERT KEY] [CA]`, by their number.
  Forward.Tls readTls(List<Token> words) {
    PemFile authority = words.size() % 2 == 1 ? certificates(words.getLast()) : PemFile.NONE;
    if (words.size() < 2) {
      return new Forward.Tls(PemFile.NONE, PemFile.NONE, authority);
    }
    PemFile certificate = certificates(words.getFirst());
    return new Forward.Tls(certificate, keyOf(certificate, words.get(1)), authority);
  }

  private PemFile pem(Token word) {
    return new PemFile(word.text(), read(word));
  }

  private PemFile certificates(Token word) {
    PemFile file = pem(word);
    try {
      if (!file.text().isEmpty()) {
        var _ = file.certificates();
      }
    } catch (CertificateException _) {
      arguments.problem(
          ProblemKind.NAMED_FILE,
          word,
          "\"" + word.text() + "\" holds no certificates in PEM form");
    }
    return file;
  }

  private PemFile keyOf(PemFile certificate, Token word) {
    PemFile key = pem(word);
    try {
      if (!key.text().isEmpty() && !key.isKeyOf(certificate)) {
        arguments.problem(
            ProblemKind.NAMED_FILE,
            word,
            "\"" + word.text() + "\" is not the key of \"" + certificate.path() + "\"");
      }
    } catch (CertificateException _) {
      // Told of the certificate.
    } catch (InvalidKeyException _) {
      arguments.problem(
          ProblemKind.NAMED_FILE,
          word,
          "\"" + word.text() + "\" holds no private key in PEM form (not encrypted)");
    }
    return key;
  }

  /// The text of the file; empty, with a problem reported, if it cannot be read.
  private String read(Token word) {
    String problem;
    try {
      String text = files.read(arguments.path(word));
      problem = text.isEmpty() ? "it is empty" : "";
      if (problem.isEmpty()) {
        return text;
      }
    } catch (IOException e) {
      problem = RegularFile.reason(e);
    }
    arguments.problem(
        ProblemKind.NAMED_FILE, word, "\"" + word.text() + "\" cannot be read: " + problem);
    return "";
  }
}
