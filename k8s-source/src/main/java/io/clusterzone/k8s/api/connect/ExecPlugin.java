package io.clusterzone.k8s.api.connect;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fabric8.kubernetes.api.model.ExecConfig;
import io.fabric8.kubernetes.api.model.ExecEnvVar;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A program that gives credentials, as kubeconfig files name one under `exec`
/// (client.authentication.k8s.io). Run when there are none yet, and when they have expired; safe on
/// any thread, one at a time.
///
/// The client library has the same, but takes a program's complaints for part of its answer, and
/// does not know that credentials expire. Nothing that a program prints is ever repeated: it may be
/// a secret.
final class ExecPlugin {
  static final Duration PATIENCE = Duration.ofSeconds(30);

  /// The most octets read of its output.
  private static final int MAX_OUTPUT = 1 << 20;

  /// A program's credentials: a token, or a certificate and its key as PEM; empty where not given.
  record Credentials(String token, String certificate, String key, Instant expires) {}

  private final ExecConfig config;
  private final Path directory;
  private final Duration patience;
  private @Nullable Credentials credentials;

  /// `directory` is what a relative path is relative to: the kubeconfig file's. `patience` is how
  /// long the program may take.
  ExecPlugin(ExecConfig config, Path directory, Duration patience) {
    this.config = config;
    this.directory = directory;
    this.patience = patience;
  }

  synchronized Credentials get(Instant now) throws CredentialsException {
    Credentials known = credentials;
    if (known == null || !now.isBefore(known.expires)) {
      known = read(run());
      credentials = known;
    }
    return known;
  }

  private String run() throws CredentialsException {
    try {
      Process process = builder().start();
      try {
        return answer(process);
      } finally {
        end(process);
      }
    } catch (CredentialsException e) {
      throw e;
    } catch (TimeoutException e) {
      throw failure("no answer within " + patience.toSeconds() + " s", e);
    } catch (IOException | ExecutionException e) {
      throw failure("it cannot be run: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failure("interrupted", e);
    }
  }

  private String answer(Process process)
      throws IOException, InterruptedException, ExecutionException, TimeoutException {
    var answer = text(process);
    process.getOutputStream().close();
    if (!process.waitFor(patience)) {
      throw new TimeoutException();
    }
    int exit = process.exitValue();
    if (exit != 0) {
      throw failure("exit code " + exit + "; run it by hand to see what it says", null);
    }
    return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  /// With the programs that it waits for: a script's would go on for ever.
  private static void end(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  private ProcessBuilder builder() {
    List<String> line = new ArrayList<>();
    String command = config.getCommand();
    line.add(command.indexOf('/') < 0 ? command : directory.resolve(command).toString());
    line.addAll(config.getArgs() == null ? List.of() : config.getArgs());
    var builder = new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.DISCARD);
    builder
        .environment()
        .put(
            "KUBERNETES_EXEC_INFO",
            "{\"apiVersion\":\"%s\",\"kind\":\"ExecCredential\",\"spec\":{\"interactive\":false}}"
                .formatted(config.getApiVersion()));
    List<ExecEnvVar> more = config.getEnv() == null ? List.of() : config.getEnv();
    more.forEach(variable -> builder.environment().put(variable.getName(), variable.getValue()));
    return builder;
  }

  private static CompletableFuture<String> text(Process process) {
    var text = new CompletableFuture<String>();
    Thread.ofVirtual()
        .start(() -> {
          try (var in = process.getInputStream()) {
            text.complete(new String(in.readNBytes(MAX_OUTPUT), UTF_8));
          } catch (IOException e) {
            text.complete("");
          }
        });
    return text;
  }

  private Credentials read(String answer) throws CredentialsException {
    JsonNode status = status(answer);
    var given =
        new Credentials(
            status.path("token").asString(""),
            status.path("clientCertificateData").asString(""),
            status.path("clientKeyData").asString(""),
            expires(status.path("expirationTimestamp").asString("")));
    if (given.token.isEmpty() && (given.certificate.isEmpty() || given.key.isEmpty())) {
      throw failure("it gave neither a token nor a certificate with its key", null);
    }
    return given;
  }

  private JsonNode status(String answer) throws CredentialsException {
    try {
      return new JsonMapper().readTree(answer).path("status");
    } catch (JacksonException e) {
      throw failure("it printed no ExecCredential", null);
    }
  }

  private Instant expires(String time) throws CredentialsException {
    try {
      return time.isEmpty() ? Instant.MAX : Instant.parse(time);
    } catch (DateTimeParseException e) {
      throw failure("its expirationTimestamp is no time", e);
    }
  }

  private CredentialsException failure(String what, @Nullable Throwable cause) {
    String message = "the credential plugin " + config.getCommand() + ": " + what;
    return cause == null
        ? new CredentialsException(message)
        : new CredentialsException(message, cause);
  }
}
