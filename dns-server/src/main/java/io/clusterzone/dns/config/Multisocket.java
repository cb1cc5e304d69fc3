package io.clusterzone.dns.config;

/// `multisocket`: how many sockets listen on each port. It is about the whole process; that of the
/// first block which has one holds.
///
/// @param sockets 1 to 1024; 0: one for each processor
public record Multisocket(int sockets) implements Directive {
  public static final int MAX_SOCKETS = 1024;
  public static final Multisocket DEFAULT = new Multisocket(0);

  /// The number of event loops that a Corefile asks for.
  public static int loops(Corefile corefile) {
    Multisocket first = corefile.findFirst(Multisocket.class);
    return first == null || first.sockets == 0
        ? Runtime.getRuntime().availableProcessors()
        : first.sockets;
  }

  @Override
  public boolean hasPart() {
    return false;
  }
}
