package io.clusterzone.dns.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CommandsTest {
  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"version", "-version", "--version"})
  void tellsItsVersion(String argument) {
    CommandRun run = CommandRun.of(argument);
    assertThat(run.code()).isZero();
    assertThat(run.out()).matches("clusterzone \\d+\\.\\d+\\.\\d+ \\(\\w+/\\w+, Java 25.*\\)\\R");
  }

  @ParameterizedTest
  @ValueSource(strings = {"help", "--help", "-h", "-help"})
  void listsItsCommands(String argument) {
    CommandRun run = CommandRun.of(argument);
    assertThat(run.code()).isZero();
    assertThat(run.out())
        .contains(
            "serve",
            "check",
            "dump",
            "explain",
            "rbac",
            "diagnose",
            "doctor",
            "version",
            "completion",
            "help");
  }

  @Test
  void leavesTheOptionsOfServeToItsOwnHelp() {
    assertThat(CommandRun.of("--help").out())
        .contains("-plugins", "-version", "--help")
        .doesNotContain("--manifests", "--listen");
    assertThat(CommandRun.of("serve", "--help").out()).contains("--manifests", "--listen");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "serve",
        "check",
        "dump",
        "explain",
        "rbac",
        "diagnose",
        "doctor",
        "version",
        "completion"
      })
  void explainsEachCommand(String command) {
    assertThat(CommandRun.of(command, "--help"))
        .isEqualTo(new CommandRun(0, CommandRun.of("help", command).out(), ""));
  }

  @Test
  void tellsWhatADirectiveDoes() throws IOException {
    CommandRun run = CommandRun.of("help", "forward");
    assertThat(run.code()).isZero();
    assertThat(run.out()).contains("forward FROM TO...", "`max_fails NUMBER`");
    assertThat(Files.readString(Path.of("COREFILE.md"))).contains(run.out());
    assertThat(CommandRun.of("help", "autopath"))
        .isEqualTo(
            new CommandRun(
                0,
                "CoreDNS has autopath, but this version does not; remove it; a lower ndots in the"
                    + " Pods' dnsConfig saves questions\n",
                ""));
  }

  @Test
  void listsTheDirectivesAsPlugins() {
    assertThat(CommandRun.of("-plugins").out().lines()).contains("kubernetes", "errors", "bind");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "serv | unknown command serv, did you mean serve?",
        "help forwrad | no command and no directive is called \"forwrad\"; did you mean \"forward\"?",
        "help serv | did you mean \"serve\"?",
        "help x.y | no command and no directive is called \"x.y\"",
        "help serve check | check",
        "serve --manifest x | unknown option --manifest, did you mean --manifests?",
        "serve -dns.prt 53 | unknown option -dns.prt, did you mean -dns.port?",
        "serve --listen | --listen",
        "serve -p seven | seven",
        "serve --manifests . -p 65536 | a port is 0 to 65535, not 65536",
        "serve --manifests . --listen 127.0.0.1 | not 127.0.0.1",
        "serve --manifests . --listen localhost:53 | not localhost:53",
        "serve --manifests . --listen ::1:53 | not ::1:53",
        "serve --manifests . --listen 127.0.0.1:x | not 127.0.0.1:x",
        "serve --manifests . --zone a..b | a..b",
        "serve --manifests . --zone 10.in-addr.arpa | at least one zone",
        "serve --manifests . --conf Corefile | exclude each other",
        "serve --conf Corefile --zone a.example | --zone and --listen go with --manifests",
        "serve --kubeconfig c --manifests . | --kubeconfig excludes --manifests and --conf",
        "serve --kubeconfig c --conf Corefile | --kubeconfig excludes --manifests and --conf",
        "serve --context c | --context goes with --kubeconfig",
        "serve --kubeconfig pom.xml --zone a..b | a..b",
        "serve --manifests . --service-cidr 10.96.0.0 | --service-cidr takes a range such as 10.96.0.0/16",
        "serve --conf Corefile --service-cidr none | --service-cidr, --pod-cidr, --nodes, --namespace and --render go with --manifests",
        "serve --kubeconfig pom.xml --service-cidr none | --service-cidr, --pod-cidr, --nodes, --namespace and --render go with --manifests",
        "serve --conf Corefile --render | --service-cidr, --pod-cidr, --nodes, --namespace and --render go with --manifests",
        "dump --service-cidr none | --service-cidr, --pod-cidr, --nodes, --namespace and --render go with --manifests",
        "serve --manifests . --nodes 0 | --nodes takes a number from 1 to 1000",
        "serve --manifests . --pod-cidr 10.96.1.0/24 | the ranges 10.96.0.0/16 of Services and 10.96.1.0/24 of Pods overlap",
        "check . --service-cidr 10.96.0.0/31 | 8 to 30 bits long",
        "check | PATH",
        "diagnose everything | everything",
        "doctor --wait soon | --wait takes a duration such as 30s or 2m, not soon",
        "doctor --at nowhere | --at takes an address",
        "doctor --server ftp://here | --server takes http://HOST:PORT",
        "doctor --context here | --context goes with --kubeconfig",
        "diagnose recording --seconds 301 | --seconds takes 1 to 300, not 301",
        "diagnose recording --settings all | --settings takes default or profile, not all",
        "check --outptu json . | unknown option --outptu, did you mean --output?",
      })
  void answersAWrongCommandLineWithOneLineAndTwo(String line, String part) {
    CommandRun run = CommandRun.of(line.strip().split(" ", -1));
    assertThat(run.code()).as(run.err()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.errLines()).singleElement().asString().contains(part);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "serve --manifests no/such/place | no/such/place",
        "serve --conf no/such/file | no/such/file",
        "serve --kubeconfig no/such/file | no/such/file",
        "serve --kubeconfig pom.xml | kubeconfig pom.xml",
        "dump --manifests no/such/place | no/such/place",
        "check no/such/place | no/such/place",
        "diagnose recording no/such/place/a.jfr | cannot write to",
        "serve | there is no Corefile in this directory",
      })
  void answersAMissingFileWithOneLineAndOne(String line, String part) {
    CommandRun run = CommandRun.of(line.strip().split(" ", -1));
    assertThat(run.code()).as(run.err()).isEqualTo(1);
    assertThat(run.errLines()).singleElement().asString().contains(part);
  }

  @Test
  void doesNotServeManifestsThatAreMissing() throws IOException {
    Path corefile = directory.resolve("Corefile");
    Files.writeString(
        corefile, ".:53 {\n  kubernetes cluster.local {\n    manifests no/such/place\n  }\n}\n");
    CommandRun run = CommandRun.of("serve", "--conf", corefile.toString());
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.errLines()).singleElement().asString().contains("no/such/place");
  }

  @Test
  void tellsEveryProblemOfACorefile() throws IOException {
    Path corefile = directory.resolve("Corefile");
    Files.writeString(corefile, ".:53 {\n  kubernets\n  bufsize 17\n}\n");
    CommandRun run = CommandRun.of("-conf", corefile.toString());
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.errLines())
        .hasSize(2)
        .allSatisfy(line -> assertThat(line).startsWith(corefile.toString()))
        .anySatisfy(line -> assertThat(line).contains(":2", "kubernetes"))
        .anySatisfy(line -> assertThat(line).contains(":3", "bufsize"));
  }

  @Test
  void completesItsCommandsAndOptionsInAShell() throws Exception {
    Path script = directory.resolve("completion");
    Files.writeString(script, CommandRun.of("completion").out());
    String ask =
        ". "
            + script
            + "; COMP_WORDS=(clusterzone serve --); COMP_CWORD=2; COMP_LINE='clusterzone serve --'"
            + "; _complete_clusterzone; echo ${COMPREPLY[*]}";
    Process bash = new ProcessBuilder("bash", "-c", ask).redirectErrorStream(true).start();
    assertThat(bash.inputReader().readAllAsString())
        .contains("--manifests", "--kubeconfig", "--context");
  }

  /// The names are those of the file that is given, and no shell runs what is in them.
  @Test
  void completesTheContextsOfAKubeconfig() throws Exception {
    Path kubeconfig =
        Files.writeString(
            directory.resolve("config"),
            """
            apiVersion: v1
            kind: Config
            contexts:
            - {name: staging, context: {cluster: a}}
            - {name: prod, context: {cluster: a}}
            - {name: "prod $(touch ran)", context: {cluster: a}}
            """);
    String names = CommandRun.of("completion", "--contexts", kubeconfig.toString()).out();
    assertThat(names.lines()).containsExactly("staging", "prod", "prod $(touch ran)");
    assertThat(CommandRun.of("completion", "--contexts", "no-such-file"))
        .isEqualTo(new CommandRun(0, "", ""));

    Path script = directory.resolve("completion");
    Files.writeString(script, CommandRun.of("completion").out());
    Path answers = Files.writeString(directory.resolve("answers"), names);
    String ask =
        """
        . %s
        clusterzone() { [ "$*" = "completion --contexts %s" ] && cat %s; }
        COMP_WORDS=(clusterzone serve --kubeconfig %s --context pr); COMP_CWORD=5
        COMP_LINE="${COMP_WORDS[*]}"
        _complete_clusterzone; printf '%%s\\n' "${COMPREPLY[@]}"
        """
            .formatted(script, kubeconfig, answers, kubeconfig);
    Process bash =
        new ProcessBuilder("bash", "-c", ask)
            .directory(directory.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(bash.inputReader().readAllAsString().lines())
        .containsExactly("prod", "prod\\ \\$\\(touch\\ ran\\)");
    assertThat(directory.resolve("ran")).doesNotExist();
  }
}
