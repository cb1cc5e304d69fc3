package io.clusterzone.dns.ops.http;

import io.clusterzone.dns.report.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;

/// The reply of a page.
///
/// @param status 200, 503, ...
public record HttpReply(int status, String contentType, HttpBody body) {
  private static final String PLAIN = "text/plain; charset=utf-8";

  private static final String HTML = "text/html; charset=utf-8";

  /// A text for people.
  public static HttpReply plain(int status, String body) {
    return text(status, PLAIN, body);
  }

  /// A value of maps, lists, texts and numbers.
  public static HttpReply json(int status, Object value) {
    return text(status, "application/json", JsonText.of(value));
  }

  /// The same, written as JSON already.
  public static HttpReply jsonText(int status, String json) {
    return text(status, "application/json", json);
  }

  /// A page for a browser.
  public static HttpReply html(String page) {
    return text(200, HTML, page);
  }

  /// The reason why a page is not shown, as JSON: `{"error": "..."}`.
  public static HttpReply problem(int status, String reason) {
    return json(status, Map.of("error", reason));
  }

  /// The page at the root, for people: a link to each page. Paths are ours, and need no escapes.
  static HttpReply index(Collection<String> paths) {
    String links =
        paths.stream()
            .sorted()
            .map("<li><a href=\"%1$s\">%1$s</a></li>\n"::formatted)
            .collect(Collectors.joining());
    return html("<!DOCTYPE html>\n<title>Clusterzone</title>\n<ul>\n" + links + "</ul>\n");
  }

  static HttpReply text(int status, String contentType, String body) {
    return new HttpReply(status, contentType, HttpBody.of(body));
  }

  /// The octets before the body. The connection ends after it.
  byte[] head() {
    String head =
        "HTTP/1.1 "
            + status
            + " "
            + reason()
            + "\r\nContent-Type: "
            + contentType
            + "\r\nContent-Length: "
            + body.octets()
            + (status == 405 ? "\r\nAllow: GET, HEAD" : "")
            + (status == 429 ? "\r\nRetry-After: 1" : "")
            + "\r\nCache-Control: no-store\r\nX-Content-Type-Options: nosniff"
            + "\r\nCross-Origin-Resource-Policy: same-origin"
            + "\r\nContent-Security-Policy: default-src 'none'; style-src 'unsafe-inline';"
            + " form-action 'self'; frame-ancestors 'none'"
            + "\r\nConnection: close\r\n\r\n";
    return head.getBytes(StandardCharsets.US_ASCII);
  }

  private String reason() {
    return switch (status) {
      case 200 -> "OK";
      case 400 -> "Bad Request";
      case 403 -> "Forbidden";
      case 404 -> "Not Found";
      case 405 -> "Method Not Allowed";
      case 429 -> "Too Many Requests";
      case 431 -> "Request Header Fields Too Large";
      case 503 -> "Service Unavailable";
      default -> "Internal Server Error";
    };
  }
}
