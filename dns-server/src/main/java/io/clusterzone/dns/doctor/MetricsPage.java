package io.clusterzone.dns.doctor;

import io.netty.util.NetUtil;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The digests on the page of the directive `prometheus`. Stateless.
final class MetricsPage {
  private static final int MILLIS = 1000;
  private static final int LARGEST = 8 << 20;
  private static final Pattern DIGEST =
      Pattern.compile("^clusterzone_zone_digest\\{[^}]*zone=\"([^\"]*)\"[^}]*} (\\d+)$");

  private MetricsPage() {}

  /// The digests of each zone; none if the server shows none.
  ///
  /// @throws IOException if the page cannot be read within seconds
  static Map<String, SortedSet<String>> digests(InetSocketAddress address) throws IOException {
    var connection =
        (HttpURLConnection)
            URI.create("http://" + NetUtil.toSocketAddressString(address) + "/metrics")
                .toURL()
                .openConnection(Proxy.NO_PROXY);
    connection.setConnectTimeout(MILLIS);
    connection.setReadTimeout(MILLIS);
    connection.setInstanceFollowRedirects(false);
    try (InputStream in = connection.getInputStream()) {
      return digests(new String(in.readNBytes(LARGEST), StandardCharsets.UTF_8));
    }
  }

  static Map<String, SortedSet<String>> digests(String page) {
    Map<String, SortedSet<String>> digests = new TreeMap<>();
    page.lines()
        .map(DIGEST::matcher)
        .filter(Matcher::matches)
        .forEach(found ->
            digests.computeIfAbsent(found.group(1), _ -> new TreeSet<>()).add(found.group(2)));
    return digests;
  }
}
