package io.clusterzone.dns.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The host's name for itself.
final class HostName {
  private static final Path KERNEL = Path.of("/proc/sys/kernel/hostname");

  private HostName() {}

  /// The kernel's word where it can be read: Java's way asks a resolver as well, which may be us.
  static String get() {
    try {
      return Files.readString(KERNEL).strip();
    } catch (IOException _) {
      return ofJava();
    }
  }

  private static String ofJava() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException _) {
      return "localhost";
    }
  }
}
