package io.clusterzone.k8s.api.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ExecConfig;
import io.fabric8.kubernetes.api.model.ExecEnvVar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Programs that give credentials: a shell script stands for each.
final class ExecPluginTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir private Path directory = Path.of("");
  private Duration patience = ExecPlugin.PATIENCE;

  private ExecPlugin plugin(String body) throws IOException {
    Path script = Files.writeString(directory.resolve("plugin"), "#!/bin/sh\n" + body + "\n");
    assertThat(script.toFile().setExecutable(true)).isTrue();
    var config = new ExecConfig();
    config.setApiVersion("client.authentication.k8s.io/v1");
    config.setCommand("./plugin");
    config.setArgs(List.of("one", "two words"));
    config.setEnv(List.of(new ExecEnvVar("ROLE", "reader")));
    return new ExecPlugin(config, directory, patience);
  }

  private static String status(String fields) {
    return "echo '{\"kind\":\"ExecCredential\",\"status\":{" + fields + "}}'";
  }

  @Test
  void isRunBesideTheFileThatNamesItWithItsArgumentsAndVariables() throws Exception {
    var plugin =
        plugin(
            "echo a warning >&2\necho \"{\\\"status\\\":{\\\"token\\\":\\\"$#-$2-$ROLE-"
                + "$(echo $KUBERNETES_EXEC_INFO | grep -c ExecCredential)\\\"}}\"");
    assertThat(plugin.get(NOW).token()).isEqualTo("2-two words-reader-1");
  }

  @Test
  void isRunAgainWhenItsCredentialsHaveExpired() throws Exception {
    Path count = directory.resolve("count");
    var plugin =
        plugin(
            "echo x >> "
                + count
                + "\n"
                + status("\"token\":\"t\",\"expirationTimestamp\":\"2026-01-01T00:10:00Z\""));
    assertThat(plugin.get(NOW).token()).isEqualTo("t");
    assertThat(plugin.get(NOW.plusSeconds(599)).token()).isEqualTo("t");
    assertThat(Files.readAllLines(count)).hasSize(1);
    assertThat(plugin.get(NOW.plusSeconds(600)).token()).isEqualTo("t");
    assertThat(Files.readAllLines(count)).hasSize(2);
  }

  @Test
  void mayGiveACertificate() throws Exception {
    var plugin = plugin(status("\"clientCertificateData\":\"c\",\"clientKeyData\":\"k\""));
    assertThat(plugin.get(NOW)).isEqualTo(new ExecPlugin.Credentials("", "c", "k", Instant.MAX));
  }

  /// What it printed may be a secret.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "echo s3cret; echo s3cret >&2; exit 7 | exit code 7; run it by hand",
        "echo s3cret | it printed no ExecCredential",
        "echo '{}' | neither a token nor a certificate",
        "echo '{\"status\":{\"clientCertificateData\":\"s3cret\"}}' | neither a token nor",
        "echo '{\"status\":{\"token\":\"s3cret\",\"expirationTimestamp\":\"s3cret\"}}' | is no"
            + " time",
      })
  void saysWhatIsWrongAndNoSecret(String body, String problem) throws Exception {
    assertThatThrownBy(() -> plugin(body).get(NOW))
        .isInstanceOf(CredentialsException.class)
        .hasMessageContaining("./plugin")
        .hasMessageContaining(problem)
        .hasMessageNotContaining("s3cret");
  }

  /// A script waits for programs of its own, and it is asked again and again.
  @Test
  void leavesNothingRunningThatIsGivenUp() throws Exception {
    Path file = directory.resolve("pid");
    var plugin =
        plugin("sleep 1000 & echo $! > " + file + ".new; mv " + file + ".new " + file + "; wait");
    var asking =
        Thread.ofVirtual()
            .start(() ->
                assertThatThrownBy(() -> plugin.get(NOW)).hasMessageContaining("interrupted"));
    await().until(() -> Files.exists(file));
    long pid = Long.parseLong(Files.readString(file).strip());
    asking.interrupt();
    asking.join();
    await().until(() -> !runs(pid));
  }

  /// What has ended and is not yet waited for has no command.
  private static boolean runs(long pid) {
    return ProcessHandle.of(pid).flatMap(process -> process.info().command()).isPresent();
  }

  /// What it leaves behind may hold its output open.
  @Test
  void isGivenUpWhereItsOutputNeverEnds() throws Exception {
    patience = Duration.ofSeconds(1);
    var plugin = plugin("sleep 0.2; sleep 5 &");
    assertThatThrownBy(() -> plugin.get(NOW)).hasMessageContaining("no answer within");
  }

  @Test
  void isCutShortWhereItPrintsWithoutEnd() throws Exception {
    var plugin = plugin("exec yes");
    assertThatThrownBy(() -> plugin.get(NOW)).hasMessageContaining("exit code");
  }

  @Test
  void isNamedWhereItIsMissing() throws Exception {
    var config = new ExecConfig();
    config.setCommand("no-such-program");
    assertThatThrownBy(() -> new ExecPlugin(config, directory, patience).get(NOW))
        .isInstanceOf(CredentialsException.class)
        .hasMessageContaining("no-such-program");
  }
}
