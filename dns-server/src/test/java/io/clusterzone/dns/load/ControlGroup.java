package io.clusterzone.dns.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A cgroup (version 1) of its own, where this process may make one: what is started in it is
/// limited as in a container.
///
/// @param directory of the group
record ControlGroup(Path directory) implements AutoCloseable {
  private static final Path ROOT = Path.of("/sys/fs/cgroup");

  /// @param controller `memory` or `cpu`
  static ControlGroup make(String controller) throws IOException {
    String name = "clusterzone-bench-" + ProcessHandle.current().pid();
    return new ControlGroup(Files.createDirectory(ROOT.resolve(controller).resolve(name)));
  }

  /// @param file one that a group of the controller has
  static boolean isAvailable(String controller, String file) {
    Path parent = ROOT.resolve(controller);
    return Files.isWritable(parent) && Files.exists(parent.resolve(file));
  }

  /// A command that runs another one in the group.
  List<String> enter() {
    return List.of("sh", "-c", "echo $$ > " + directory + "/cgroup.procs; exec \"$@\"", "sh");
  }

  void set(String file, String value) throws IOException {
    Files.writeString(directory.resolve(file), value);
  }

  List<String> lines(String file) throws IOException {
    return Files.readAllLines(directory.resolve(file));
  }

  @Override
  public void close() throws IOException {
    Files.delete(directory);
  }
}
