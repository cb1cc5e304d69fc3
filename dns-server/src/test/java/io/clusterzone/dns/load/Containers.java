package io.clusterzone.dns.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The container that the build leaves, run by podman as the chart has it run: a root that cannot
/// be written, no capabilities, 170 MiB. Its network is that of whoever started this program. Has a
/// storage of its own; the end removes what is in it.
final class Containers implements AutoCloseable {
  private final Path storage = Files.createTempDirectory("containers");

  /// @param archive such as `target/clusterzone.tar`
  Containers(Path archive) throws IOException, InterruptedException {
    if (run("load", "--quiet", "--input", archive.toString()) != 0) {
      throw new IOException("podman does not load " + archive.toAbsolutePath());
    }
  }

  /// The words that start one, up to the arguments of the server.
  ///
  /// @param directory that it sees at the same place
  List<String> starting(Path directory) {
    return podman(
        "run",
        "--rm",
        "--read-only",
        "--read-only-tmpfs=false",
        "--cap-drop=all",
        "--security-opt=no-new-privileges",
        "--memory=170m",
        "--network=host",
        "--ulimit=nofile=1024:1024",
        "--ulimit=nproc=1024:1024",
        "--volume=" + directory + ":" + directory + ":ro",
        "localhost/clusterzone:latest");
  }

  private List<String> podman(String... arguments) {
    List<String> command = new ArrayList<>(List.of("podman", "--root", storage.toString()));
    command.addAll(List.of("--runroot", storage.resolve("run").toString()));
    command.addAll(List.of("--storage-driver=vfs", "--runtime=runc", "--cgroup-manager=cgroupfs"));
    command.addAll(List.of(arguments));
    return command;
  }

  private int run(String... arguments) throws IOException, InterruptedException {
    return new ProcessBuilder(podman(arguments)).inheritIO().start().waitFor();
  }

  @Override
  public void close() throws IOException {
    try {
      run("rm", "--force", "--all", "--time=1");
      run("rmi", "--force", "--all");
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
