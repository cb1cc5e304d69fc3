package io.clusterzone.dns.cli;

import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// The manual page clusterzone(1) in roff (man(7)), made of what the commands say in their help.
final class ManPage {
  private static final String HEAD =
      """
      .\\" Written by ManPageTest from the help of the commands (-Dman.page=write).
      .TH CLUSTERZONE 1
      .SH NAME
      clusterzone \\- authoritative DNS server for Kubernetes Services
      .SH SYNOPSIS
      .B clusterzone
      [\\-conf FILE] [OPTION]...
      .br
      .B clusterzone
      COMMAND [OPTION]...
      .SH DESCRIPTION
      """;

  private static final String TAIL =
      """
      .SH SIGNALS
      .TP
      TERM, INT
      Answer on for the lameduck of the directive health, then end with 0.
      .TP
      USR1
      Read the Corefile again.
      .SH ENVIRONMENT
      .TP
      CLUSTERZONE_JAVA_OPTS
      Further options for the Java runtime.
      .SH EXIT STATUS
      .TP
      0
      It worked.
      .TP
      1
      It did not; the error output says why.
      .TP
      2
      The command line makes no sense.
      """;

  private final StringBuilder page = new StringBuilder();

  private ManPage() {}

  static String of(CommandLine root) {
    return new ManPage().all(root);
  }

  private String all(CommandLine root) {
    page.append(HEAD);
    text(root.getCommandSpec().usageMessage().description());
    text(
        "Without a command it serves what the file Corefile says, and takes the options of serve.",
        "`clusterzone help DIRECTIVE` prints what a directive of the Corefile does.");
    page.append(".SH COMMANDS\n");
    for (CommandLine command : root.getSubcommands().values()) {
      CommandSpec spec = command.getCommandSpec();
      if (!spec.usageMessage().hidden()) {
        command(spec);
      }
    }
    page.append(TAIL);
    return page.toString();
  }

  private void command(CommandSpec spec) {
    page.append(".SS ").append(escape(spec.qualifiedName())).append('\n');
    text(spec.usageMessage().description());
    for (PositionalParamSpec parameter : spec.positionalParameters()) {
      argument(parameter.paramLabel(), parameter);
    }
    for (OptionSpec option : spec.options()) {
      if (!option.hidden() && !option.usageHelp()) {
        String label = option.arity().max() == 0 ? "" : " " + option.paramLabel();
        argument(String.join(", ", option.names()) + label, option);
      }
    }
    List<String> footer = lines(spec.usageMessage().footer());
    if (footer.stream().anyMatch(line -> !line.isBlank())) {
      page.append(".PP\n.nf\n");
      footer.stream()
          .dropWhile(String::isBlank)
          .forEach(line -> page.append(line.isBlank() ? ".sp" : escape(line)).append('\n'));
      page.append(".fi\n");
    }
  }

  private void argument(String label, ArgSpec argument) {
    page.append(".TP\n.B ").append(escape(label)).append('\n');
    text(argument.description());
  }

  private void text(String... paragraph) {
    lines(paragraph).forEach(line -> page.append(escape(line)).append('\n'));
  }

  /// Lines without picocli's markup.
  private static List<String> lines(String... paragraph) {
    return Arrays.stream(paragraph)
        .map(line -> Ansi.OFF.string(line.replace("%n", "\n").replace("%%", "%")))
        .flatMap(String::lines)
        .toList();
  }

  /// A backslash, a hyphen that is typed, and a first character that would make it a request.
  private static String escape(String line) {
    String text = line.replace("\\", "\\e").replace("-", "\\-");
    return text.startsWith(".") || text.startsWith("'") ? "\\&" + text : text;
  }
}
