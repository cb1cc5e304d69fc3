package io.clusterzone.dns.doctor;

import io.clusterzone.dns.config.Forward;
import io.clusterzone.dns.config.file.CorefileReading;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// The upstreams of the Corefile and of the running servers, each once.
final class Upstreams {
  private static final String TLS = "tls://";

  private Upstreams() {}

  /// One upstream.
  ///
  /// @param name as the server shows it
  /// @param state by the server: `up`, `down` or `loops`; empty if none told
  /// @param isAskedHere whether it means the same from here, and can be asked
  record One(String name, InetSocketAddress address, String state, boolean isAskedHere) {}

  static List<One> of(Look look) {
    Map<String, One> all = new LinkedHashMap<>();
    CorefileReading reading = look.corefile();
    if (reading != null) {
      reading
          .legible()
          .all(Forward.class)
          .flatMap(forward -> forward.routes().stream())
          .flatMap(route -> route.upstreams().stream())
          .map(Upstreams::configured)
          .forEach(one -> all.putIfAbsent(one.name(), one));
    }
    for (ServerStatus server : look.reached()) {
      server.page().path("upstreams").values().forEach(shown -> add(server, shown, all));
    }
    return List.copyOf(all.values());
  }

  private static One configured(Forward.Upstream upstream) {
    InetSocketAddress address = upstream.address();
    String name = (upstream.tls() ? TLS : "") + NetUtil.toSocketAddressString(address);
    return new One(name, address, "", !upstream.tls());
  }

  private static void add(ServerStatus server, JsonNode shown, Map<String, One> all) {
    String name = shown.path("address").asString("");
    String state = shown.path("state").asString("");
    int colon = name.lastIndexOf(':');
    String host = name.substring(0, Math.max(0, colon)).replace(TLS, "");
    try {
      var address =
          new InetSocketAddress(
              InetAddress.getByName(host), Integer.parseInt(name.substring(colon + 1)));
      boolean tls = name.startsWith(TLS);
      String key = (tls ? TLS : "") + NetUtil.toSocketAddressString(address);
      all.merge(
          key,
          new One(key, address, state, !tls && server.isHere()),
          (before, now) ->
              new One(
                  key,
                  address,
                  worse(before.state(), now.state()),
                  before.isAskedHere() || now.isAskedHere()));
    } catch (UnknownHostException | IllegalArgumentException _) {
      // Not an address of ours; a later version may have others.
    }
  }

  private static String worse(String a, String b) {
    for (String state : List.of("loops", "down", "up")) {
      if (a.equals(state) || b.equals(state)) {
        return state;
      }
    }
    return "";
  }
}
