package io.clusterzone.dns.forward;

/// How an upstream without TLS is asked.
public enum UpstreamTransport {
  /// As the client asked, and over TCP when a reply over UDP is cut.
  AS_CLIENT,
  /// Over UDP whatever the client did, and over TCP when the reply is cut.
  UDP_FIRST,
  /// Over TCP.
  TCP;

  boolean startsWithStream(boolean clientUsedTcp) {
    return switch (this) {
      case AS_CLIENT -> clientUsedTcp;
      case UDP_FIRST -> false;
      case TCP -> true;
    };
  }
}
