package io.clusterzone.dns.cli;

/// The program: `clusterzone COMMAND`.
public final class Clusterzone {
  private Clusterzone() {}

  public static void main(String[] args) {
    LogOutput.ofCommand();
    System.exit(Commands.commandLine().execute(args));
  }
}
