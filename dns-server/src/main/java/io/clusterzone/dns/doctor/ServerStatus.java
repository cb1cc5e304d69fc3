package io.clusterzone.dns.doctor;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/// The page `/status` of a server at one moment. Fields that are not there are empty.
///
/// @param problem why there is no page; empty if there is
record ServerStatus(RunningServer server, JsonNode page, String problem) {
  static ServerStatus of(RunningServer server) {
    try {
      return new ServerStatus(server, JsonMapper.shared().readTree(server.reader().read()), "");
    } catch (IOException e) {
      return new ServerStatus(server, MissingNode.getInstance(), String.valueOf(e.getMessage()));
    } catch (JacksonException _) {
      return new ServerStatus(
          server, MissingNode.getInstance(), server.url() + " has a page /status that is no JSON");
    }
  }

  boolean isReached() {
    return problem.isEmpty();
  }

  String url() {
    return server.url();
  }

  List<JsonNode> clusters() {
    return List.copyOf(page.path("clusters").values());
  }

  /// The digests of each zone, several if server blocks differ.
  Map<String, SortedSet<String>> digests() {
    Map<String, SortedSet<String>> digests = new TreeMap<>();
    for (JsonNode cluster : clusters()) {
      for (JsonNode zone : cluster.path("zones").values()) {
        digests
            .computeIfAbsent(zone.path("zone").asString(""), _ -> new TreeSet<>())
            .add(zone.path("digest").asString(""));
      }
    }
    return digests;
  }

  /// The addresses it listens on, as they are reached from here: a wildcard is the server's host.
  List<InetSocketAddress> listeners() {
    List<InetSocketAddress> addresses = new ArrayList<>();
    for (JsonNode listener : page.path("listeners").values()) {
      String text = listener.asString("");
      int colon = text.lastIndexOf(':');
      try {
        InetAddress host = InetAddress.getByName(text.substring(0, Math.max(0, colon)));
        int port = Integer.parseInt(text.substring(colon + 1));
        addresses.add(
            new InetSocketAddress(
                host.isAnyLocalAddress() ? InetAddress.getByName(server.host()) : host, port));
      } catch (UnknownHostException | IllegalArgumentException _) {
        // Not an address of ours; a later version may have others.
      }
    }
    return addresses.stream().distinct().toList();
  }

  /// Whether the server is on this host.
  boolean isHere() {
    try {
      return InetAddress.getByName(server.host()).isLoopbackAddress();
    } catch (UnknownHostException _) {
      return false;
    }
  }
}
