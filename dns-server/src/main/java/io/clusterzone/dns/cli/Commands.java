package io.clusterzone.dns.cli;

import io.clusterzone.dns.server.Unservable;
import java.io.PrintWriter;
import java.lang.reflect.Field;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// The command line: the commands there are, and the printing of their failures.
///
/// Exit codes: 0 it worked, 1 it did not, 2 the command line makes no sense. A failure is one line
/// on the error output, with the fault and the remedy.
final class Commands {
  static final int OK = 0;
  static final int PROBLEM = 1;
  static final int USAGE = 2;

  private Commands() {}

  static CommandLine commandLine() {
    return withShortHelp(new CommandLine(new RootCommand()))
        .setExecutionStrategy(new CommandLine.RunLast())
        .setParameterExceptionHandler((failure, args) -> explain(failure))
        .setExecutionExceptionHandler((failure, command, parsed) -> explain(failure, command))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpAutoWidth(true);
  }

  /// The options of `serve` may stand before a command too, but its help is the place for them.
  private static CommandLine withShortHelp(CommandLine root) {
    List<OptionSpec> own =
        root.getCommandSpec().options().stream()
            .filter(option ->
                option.userObject() instanceof Field field
                    && field.getDeclaringClass().isAssignableFrom(RootCommand.class))
            .toList();
    root.getCommandSpec()
        .usageMessage()
        .customSynopsis("@|bold clusterzone|@ [OPTION]... [@|bold COMMAND|@]");
    root.getHelpSectionMap()
        .put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, help -> help.optionListExcludingGroups(own));
    return root;
  }

  private static int explain(ParameterException failure) {
    CommandLine command = failure.getCommandLine();
    PrintWriter err = command.getErr();
    String name = command.getCommandSpec().qualifiedName();
    err.println(name + ": " + reason(failure) + " (see " + name + " --help)");
    return USAGE;
  }

  private static String reason(ParameterException failure) {
    if (failure instanceof UnmatchedArgumentException unmatched) {
      List<String> nearest = unmatched.getSuggestions();
      String first = unmatched.getUnmatched().getFirst();
      String what = (first.startsWith("-") ? "unknown option " : "unknown command ") + first;
      return nearest.isEmpty() ? what : what + ", did you mean " + nearest.getFirst() + "?";
    }
    return String.valueOf(failure.getMessage());
  }

  private static int explain(Exception failure, CommandLine command) throws Exception {
    if (failure instanceof CommandFailure told) {
      command.getErr().println(told.getMessage());
      return told.exitCode();
    }
    if (failure instanceof Unservable told) {
      command.getErr().println(told.getMessage());
      return PROBLEM;
    }
    throw failure;
  }
}
