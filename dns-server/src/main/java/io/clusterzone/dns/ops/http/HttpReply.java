package io.clusterzone.dns.ops.http;

import java.nio.charset.StandardCharsets;

/// What a page shows.
///
/// @param status 200, 503, ...
public record HttpReply(int status, String contentType, String body) {
  private static final String PLAIN = "text/plain; charset=utf-8";

  static HttpReply plain(int status, String body) {
    return new HttpReply(status, PLAIN, body);
  }

  /// The octets to send. The connection ends after them.
  ///
  /// @param withBody false for a HEAD request
  byte[] message(boolean withBody) {
    byte[] content = body.getBytes(StandardCharsets.UTF_8);
    String head =
        "HTTP/1.1 "
            + status
            + " "
            + reason()
            + "\r\nContent-Type: "
            + contentType
            + "\r\nContent-Length: "
            + content.length
            + (status == 405 ? "\r\nAllow: GET, HEAD" : "")
            + "\r\nCache-Control: no-store\r\nX-Content-Type-Options: nosniff"
            + "\r\nConnection: close\r\n\r\n";
    byte[] octets = head.getBytes(StandardCharsets.US_ASCII);
    if (!withBody) {
      return octets;
    }
    byte[] message = new byte[octets.length + content.length];
    System.arraycopy(octets, 0, message, 0, octets.length);
    System.arraycopy(content, 0, message, octets.length, content.length);
    return message;
  }

  private String reason() {
    return switch (status) {
      case 200 -> "OK";
      case 400 -> "Bad Request";
      case 404 -> "Not Found";
      case 405 -> "Method Not Allowed";
      case 431 -> "Request Header Fields Too Large";
      case 503 -> "Service Unavailable";
      default -> "Internal Server Error";
    };
  }
}
