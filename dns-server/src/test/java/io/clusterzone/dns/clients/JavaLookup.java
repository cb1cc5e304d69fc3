package io.clusterzone.dns.clients;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Java's resolver as a program of its own; arguments and output as in `lookup.c`.
public final class JavaLookup {
  private JavaLookup() {}

  public static void main(String[] args) {
    for (String arg : args) {
      String what = arg.substring(arg.indexOf(':') + 1);
      System.out.println(
          switch (arg.charAt(0)) {
            case '4' -> addresses(what, List.of(Inet4Address.class));
            case '6' -> addresses(what, List.of(Inet6Address.class));
            case 'a' -> addresses(what, List.of(Inet4Address.class, Inet6Address.class));
            default -> name(what);
          });
    }
  }

  private static String addresses(String name, List<Class<? extends InetAddress>> families) {
    try {
      String found =
          Stream.of(InetAddress.getAllByName(name))
              .filter(address -> families.contains(address.getClass()))
              .map(JavaLookup::text)
              .sorted()
              .collect(Collectors.joining(" "));
      return found.isEmpty() ? "-" : found;
    } catch (UnknownHostException _) {
      return "-";
    }
  }

  /// Java writes IPv6 addresses in full (`fd00:10:96:0:0:0:0:13`), all others by RFC 5952; none
  /// here has more than one run of zeros.
  private static String text(InetAddress address) {
    return address.getHostAddress().replaceFirst("(:0)+:", "::");
  }

  private static String name(String address) {
    try {
      String name = InetAddress.getByName(address).getCanonicalHostName();
      return name.equals(address) ? "-" : name;
    } catch (UnknownHostException e) {
      return e.toString();
    }
  }
}
