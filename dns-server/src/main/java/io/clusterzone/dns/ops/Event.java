package io.clusterzone.dns.ops;

/// The events that event loops count, apart from requests and responses by kind (see [Counters]).
public enum Event {
  UDP_RECEIVED("udp_received_total", "Datagrams received."),
  UDP_RECEIVED_OCTETS("udp_received_bytes_total", "Octets of DNS messages received over UDP."),
  UDP_SENT("udp_sent_total", "Datagrams sent."),
  UDP_SENT_OCTETS("udp_sent_bytes_total", "Octets of DNS messages sent over UDP."),
  UDP_UNSENT("udp_unsent_total", "Replies dropped because the socket took no more."),
  TCP_RECEIVED("tcp_received_total", "Messages received over TCP."),
  TCP_RECEIVED_OCTETS("tcp_received_bytes_total", "Octets of DNS messages received over TCP."),
  TCP_SENT("tcp_sent_total", "Messages sent over TCP."),
  TCP_SENT_OCTETS("tcp_sent_bytes_total", "Octets of DNS messages sent over TCP."),
  TCP_ACCEPTED("tcp_accepted_total", "TCP connections admitted."),
  TCP_CLOSED("tcp_closed_total", "Admitted TCP connections that have ended, for any reason."),
  TCP_REFUSED("tcp_refused_total", "TCP connections closed because all places were taken."),
  TCP_REFUSED_CLIENT(
      "tcp_refused_client_total", "TCP connections closed because their client had too many."),
  TCP_CLOSED_IDLE("tcp_closed_idle_total", "TCP connections closed after the idle timeout."),
  TCP_CLOSED_SILENT(
      "tcp_closed_silent_total", "TCP connections closed because no first message came in time."),
  TCP_CLOSED_SLOW(
      "tcp_closed_slow_total", "TCP connections closed because the client read no replies."),
  DROPPED("dropped_total", "Messages that got no reply."),
  SOCKET_ERRORS("socket_errors_total", "Errors of a socket while receiving or sending."),
  PANICS("panics_total", "Exceptions caught at the edge of an event loop.");

  private final String label;
  private final String help;

  Event(String label, String help) {
    this.label = label;
    this.help = help;
  }

  /// The metric's name without its prefix.
  public String label() {
    return label;
  }

  /// The event's place in counters. The order has no meaning outside this process.
  @SuppressWarnings("EnumOrdinal")
  int slot() {
    return ordinal();
  }

  public String help() {
    return help;
  }
}
