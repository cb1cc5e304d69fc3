package io.clusterzone.dns.config.read;

import io.clusterzone.dns.config.Network;
import io.clusterzone.dns.config.text.Arguments;
import io.clusterzone.dns.config.text.Token;
import java.util.ArrayList;
import java.util.List;

/// Words that are addresses and networks.
final class Networks {
  private Networks() {}

  /// Those that are; the others are problems.
  static List<Network> read(Arguments arguments, List<Token> words) {
    var networks = new ArrayList<Network>();
    for (Token word : words) {
      try {
        networks.add(Network.parse(word.text()));
      } catch (IllegalArgumentException e) {
        arguments.problem(
            word,
            "\"%s\" is no address and no network such as 10.0.0.0/8: %s"
                .formatted(word.text(), e.getMessage()));
      }
    }
    return networks;
  }
}
