package io.clusterzone.dns.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Properties;

/// The version of this build.
public final class Version {
  private Version() {}

  /// `clusterzone 0.1.0 (linux/amd64, Java 25.0.1+8)`.
  public static String line() {
    return "clusterzone %s (%s/%s, Java %s)"
        .formatted(
            number(),
            System.getProperty("os.name").toLowerCase(Locale.ROOT),
            System.getProperty("os.arch"),
            Runtime.version());
  }

  /// `Clusterzone-0.1.0`, what `version.bind` answers.
  static String name() {
    return "Clusterzone-" + number();
  }

  public static String number() {
    var build = new Properties();
    try (InputStream in = Version.class.getResourceAsStream("build.properties")) {
      build.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return build.getProperty("version");
  }
}
