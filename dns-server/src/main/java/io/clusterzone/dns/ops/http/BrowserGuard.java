package io.clusterzone.dns.ops.http;

import io.netty.util.NetUtil;
import java.util.Set;

/// Keeps web sites that the operator's browser shows from asking the pages of this host.
///
/// A site may let its own name lead to 127.0.0.1 ("DNS rebinding") and then read what is there as
/// if it were its own; the browser still sends that name as Host (RFC 9110 section 7.2). A site
/// that asks under the address itself cannot read the reply, and is told apart by `Sec-Fetch-Site`.
final class BrowserGuard {
  static final String HOST =
      "the field Host must be an IP address or localhost here: ask http://127.0.0.1:PORT, not a name"
          + " that leads there";
  static final String SITE = "this page is not for other web sites";

  private static final Set<String> OWN_SITES = Set.of("", "none", "same-origin");

  private BrowserGuard() {}

  /// The reason to refuse a request; empty if there is none.
  ///
  /// @param loopback whether it came to a loopback address
  static String refusal(HttpHead head, boolean loopback) {
    if (loopback && !isLiteral(head.field("host"))) {
      return HOST;
    }
    return OWN_SITES.contains(head.field("sec-fetch-site")) ? "" : SITE;
  }

  private static boolean isLiteral(String host) {
    if (host.startsWith("[")) {
      int end = host.indexOf(']');
      return end > 0 && NetUtil.isValidIpV6Address(host.substring(1, end));
    }
    int colon = host.indexOf(':');
    String name = colon < 0 ? host : host.substring(0, colon);
    return name.equalsIgnoreCase("localhost") || NetUtil.isValidIpV4Address(name);
  }
}
