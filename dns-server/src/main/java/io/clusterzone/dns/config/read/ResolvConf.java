package io.clusterzone.dns.config.read;

import io.clusterzone.dns.config.read.UpstreamText.BadFileException;
import io.clusterzone.dns.config.text.AddressText;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/// The name servers of a file in the form of `/etc/resolv.conf`; everything else in it is for stub
/// resolvers.
public final class ResolvConf {
  private ResolvConf() {}

  /// The addresses, in the order of the file.
  ///
  /// @throws IllegalArgumentException with what is wrong if a name server is not an IP address or
  ///   there is none
  public static List<InetAddress> nameServers(String text) {
    var found = new ArrayList<InetAddress>();
    for (String line : text.lines().toList()) {
      String[] words = line.strip().split("\\s+", 3);
      if (words.length > 1 && words[0].equals("nameserver")) {
        InetAddress address = AddressText.address(words[1]);
        if (address == null) {
          throw new BadFileException("its name server \"" + words[1] + "\" is no IP address");
        }
        found.add(address);
      }
    }
    if (found.isEmpty()) {
      throw new BadFileException("it has no line \"nameserver ADDRESS\"");
    }
    return found;
  }
}
