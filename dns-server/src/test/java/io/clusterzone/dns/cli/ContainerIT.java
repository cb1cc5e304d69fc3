package io.clusterzone.dns.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.clusterzone.dns.clients.Programs;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Type;

/// The container that the build makes, run by podman as a cluster would run it: nothing of its root
/// can be written, it has no capability, 170 MiB of memory, and a user without a name.
final class ContainerIT {
  private static final Path ARCHIVE = Path.of("target/clusterzone.tar");
  private static final Duration LIMIT = Duration.ofSeconds(40);

  /// Podman's own, away from what else this host runs.
  @TempDir private static Path storage;

  @TempDir private static Path directory;

  private static int port;
  private static int metrics;
  private static Process server;

  private static List<String> podman(String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                "podman",
                "--root",
                storage.resolve("root").toString(),
                "--runroot",
                storage.resolve("run").toString(),
                "--storage-driver",
                "vfs",
                "--runtime",
                "runc",
                "--cgroup-manager",
                "cgroupfs"));
    command.addAll(List.of(arguments));
    return command;
  }

  private static Programs.Run run(String... arguments) throws Exception {
    return Programs.run(podman(arguments), Map.of());
  }

  @BeforeAll
  static void start() throws Exception {
    boolean present = Programs.present("podman", "runc") && Files.exists(ARCHIVE);
    if ("all".equals(System.getenv("CLUSTERZONE_CLIENTS"))) {
      assertThat(present).as("podman, runc and %s", ARCHIVE).isTrue();
    }
    Assumptions.assumeTrue(present, "there is no podman");
    assertThat(run("load", "--quiet", "--input", ARCHIVE.toString()).out())
        .contains("localhost/clusterzone:latest");
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    port = freePort();
    metrics = freePort();
    mount("first", "192.0.2.1");
    server =
        new ProcessBuilder(
                podman(
                    "run",
                    "--rm",
                    "--name=clusterzone",
                    "--read-only",
                    "--read-only-tmpfs=false",
                    "--cap-drop=all",
                    "--security-opt=no-new-privileges",
                    "--memory=170m",
                    "--network=host",
                    "--ulimit=nofile=1024:1024",
                    "--ulimit=nproc=1024:1024",
                    "--volume=" + directory + ":/etc/coredns:ro",
                    "--volume=" + Path.of("../deploy/example").toRealPath() + ":/example:ro",
                    "localhost/clusterzone:latest",
                    "-conf",
                    "/etc/coredns/Corefile"))
            .redirectErrorStream(true)
            .redirectOutput(storage.resolve("out").toFile())
            .start();
  }

  /// A version of the Corefile as kubelet mounts a ConfigMap: `Corefile` leads to `..data`, which
  /// leads to the directory of a version, and is exchanged as a whole.
  private static void mount(String version, String address) throws IOException {
    Files.createDirectories(directory.resolve(version));
    Files.writeString(
        directory.resolve(version).resolve("Corefile"),
        """
        .:%d {
            bind 127.0.0.1
            reload 2s 1s
            prometheus 127.0.0.1:%d
            hosts {
                %s www.example.com
                fallthrough
            }
            kubernetes cluster.local {
                manifests /example
            }
        }
        """
            .formatted(port, metrics, address));
    Path next = Files.createSymbolicLink(directory.resolve("..data_tmp"), Path.of(version));
    Files.move(next, directory.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
    Path corefile = directory.resolve("Corefile");
    if (!Files.isSymbolicLink(corefile)) {
      Files.createSymbolicLink(corefile, Path.of("..data/Corefile"));
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @AfterAll
  static void stop() throws Exception {
    if (server != null) {
      server.destroyForcibly();
      run("rm", "--force", "--all");
      run("rmi", "--force", "--all");
    }
  }

  private static void awaitAnswer(String name, String address) {
    await()
        .atMost(LIMIT)
        .untilAsserted(() -> {
          assertThat(server.isAlive()).as(Files.readString(storage.resolve("out"))).isTrue();
          assertThat(ServedProcess.answer(port, name, Type.A, DClass.IN)).isEqualTo(address);
        });
  }

  /// `deploy/Dockerfile` makes a container of the same files, whose AOT cache still fits.
  @Test
  void isMadeByTheDockerfileAsWell() throws Exception {
    Programs.Run built =
        run(
            "build",
            "--isolation=chroot",
            "--quiet",
            "--tag=own",
            "--file=../deploy/Dockerfile",
            "..");
    assertThat(built.code()).as(built.out()).isZero();
    Programs.Run version =
        run(
            "run",
            "--rm",
            "--read-only",
            "--cap-drop=all",
            "--network=none",
            "--ulimit=nofile=1024:1024",
            "--ulimit=nproc=1024:1024",
            "--env=CLUSTERZONE_JAVA_OPTS=-Xlog:class+load",
            "localhost/own",
            "version");
    assertThat(version.out()).contains("\nclusterzone ");
    assertThat(version.lines().stream().filter(line -> line.contains(" picocli.CommandLine ")))
        .singleElement()
        .asString()
        .endsWith("source: shared objects file");
  }

  /// One life, from its start to its end.
  @Test
  void answersFollowsItsConfigurationAndEndsInOrder() throws Exception {
    awaitAnswer("web.shop.svc.cluster.local.", "10.96.0.10");
    awaitAnswer("www.example.com.", "192.0.2.1");
    // The sockets that know their kernel's queue: the library that they need was found.
    assertThat(ServedProcess.page(metrics, "/metrics")).contains("clusterzone_udp_kernel_queued");

    Programs.Run version = run("exec", "clusterzone", "/coredns", "-version");
    assertThat(version.out()).startsWith("clusterzone ");
    assertThat(run("exec", "clusterzone", "/clusterzone", "version").out())
        .isEqualTo(version.out());
    assertThat(run("exec", "clusterzone", "/bin/sh", "-c", "echo x > /x").code()).isNotZero();

    mount("second", "192.0.2.2");
    awaitAnswer("www.example.com.", "192.0.2.2");

    assertThat(run("kill", "--signal=TERM", "clusterzone").code()).isZero();
    assertThat(server.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(server.exitValue()).isZero();
  }
}
