package io.clusterzone.dns.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A class of the tests as a process of its own, which reads commands, a line each, and answers
/// some of them with a line. One thread.
final class JavaProcess implements AutoCloseable {
  /// The other compiler has the processor for seconds, while the load is to be sent.
  private static final String FAST_COMPILER = "-XX:TieredStopAtLevel=1";

  private final Process process;
  private final BufferedReader out;
  private final BufferedWriter in;

  private JavaProcess(Process process) {
    this.process = process;
    this.out = process.inputReader(UTF_8);
    this.in = process.outputWriter(UTF_8);
  }

  /// @param pin words that come before the command, of `taskset` for one; may be empty
  static JavaProcess start(List<String> pin, String mainClass, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>(pin);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx3g", "-XX:+UseSerialGC", FAST_COMPILER, "-cp"));
    command.addAll(List.of(System.getProperty("java.class.path"), mainClass));
    command.addAll(List.of(arguments));
    return new JavaProcess(
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  /// The next line that the process has written; waits for it.
  String read() throws IOException {
    String line = out.readLine();
    if (line == null) {
      throw new IOException("the process has ended");
    }
    return line;
  }

  /// Leaves a command in the buffer.
  void say(String command) throws IOException {
    in.write(command);
    in.write('\n');
  }

  /// Has the process read what was said.
  void flush() throws IOException {
    in.flush();
  }

  void tell(String command) throws IOException {
    say(command);
    flush();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
