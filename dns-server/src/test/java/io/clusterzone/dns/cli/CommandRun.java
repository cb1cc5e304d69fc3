package io.clusterzone.dns.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

/// A command that ran in this JVM: its exit code and what it printed.
record CommandRun(int code, String out, String err) {
  static CommandRun of(String... arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    int code =
        Commands.commandLine()
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(arguments);
    return new CommandRun(code, out.toString(), err.toString());
  }

  List<String> errLines() {
    return err.lines().toList();
  }
}
