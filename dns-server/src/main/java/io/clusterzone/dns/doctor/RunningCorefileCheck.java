package io.clusterzone.dns.doctor;

import io.clusterzone.dns.config.file.CorefileReading;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Whether each running server is there, has taken its Corefile, and serves the one that is named.
final class RunningCorefileCheck implements Check {
  @Override
  public Section section() {
    return Section.CONFIGURATION;
  }

  @Override
  public void look(Look look, Findings findings) {
    if (look.servers().isEmpty()) {
      findings.skipped("running server", "none is named; name its admin pages with --server");
    }
    look.servers().forEach(server -> look(server, look.corefile(), findings));
  }

  private static void look(
      ServerStatus server, @Nullable CorefileReading reading, Findings findings) {
    String check = "running server " + server.url();
    if (!server.isReached()) {
      findings.failed(check, server.problem(), "start it, or name its address with --server");
      return;
    }
    JsonNode corefile = server.page().path("corefile");
    String running = corefile.path("sha512").asString("");
    if (!corefile.path("last_taken").asBoolean(true)) {
      findings.failed(
          check,
          "it could not take the Corefile as it is now, and serves the one before",
          "see its log for the reason, mend the Corefile, and have it reloaded");
    } else if (reading != null && !running.equals(reading.text().sha512())) {
      findings.failed(
          check,
          running.isEmpty()
              ? "it serves what its command line says, and no Corefile"
              : "it serves another Corefile than the file that is named (SHA-512 "
                  + shortened(running)
                  + ", not "
                  + shortened(reading.text().sha512())
                  + ")",
          "wait until reload takes it, send the process SIGUSR1, or name the file that it reads");
    } else {
      findings.passed(check, reading == null ? "took its Corefile" : "serves the Corefile named");
    }
  }

  private static String shortened(String hash) {
    return hash.substring(0, Math.min(12, hash.length()));
  }
}
