package io.clusterzone.dns.ops.http;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One connection: one request, one reply, on a virtual thread. Its holder may close it at any
/// time, which ends the thread.
final class HttpConnection {
  private static final Logger LOG = LoggerFactory.getLogger(HttpConnection.class);

  private final Socket socket;
  private final long startNanos;
  private volatile Duration patience = Duration.ZERO;

  HttpConnection(Socket socket, long nowNanos) {
    this.socket = socket;
    this.startNanos = nowNanos;
  }

  /// Whether it has been there for longer than `age` and the patience of its page.
  boolean isOlder(Duration age, long nowNanos) {
    return nowNanos - startNanos >= age.plus(patience).toNanos();
  }

  void serve(Map<String, HttpPage> pages) {
    try (socket) {
      HttpHead head = HttpHead.read(socket.getInputStream());
      String[] request = head.line().split(" ", -1);
      boolean withBody = !request[0].equals("HEAD");
      HttpReply reply = reply(head, request, pages);
      try (HttpBody body = reply.body()) {
        var out = new BufferedOutputStream(socket.getOutputStream());
        out.write(reply.head());
        if (withBody) {
          body.writeTo(out);
        }
        out.flush();
      }
      socket.shutdownOutput();
    } catch (IOException e) {
      LOG.debug("an HTTP client ended early: {}", e.getMessage());
    }
  }

  private HttpReply reply(HttpHead head, String[] request, Map<String, HttpPage> pages) {
    if (request.length == 1 && request[0].isEmpty()) {
      return HttpReply.plain(431, "the request is too long");
    }
    if (request.length != 3 || !request[2].startsWith("HTTP/1.")) {
      return HttpReply.plain(400, "this is not an HTTP/1.1 request");
    }
    if (!request[0].equals("GET") && !request[0].equals("HEAD")) {
      return HttpReply.plain(405, "only GET and HEAD are answered");
    }
    String[] target = request[1].split("\\?", 2);
    HttpPage page = pages.get(target[0]);
    if (page == null && target[0].equals("/")) {
      return HttpReply.index(pages.keySet());
    }
    if (page == null) {
      return HttpReply.plain(404, "there is " + String.join(", ", pages.keySet()));
    }
    String refusal =
        page.isGuarded()
            ? BrowserGuard.refusal(head, socket.getLocalAddress().isLoopbackAddress())
            : "";
    if (!refusal.isEmpty()) {
      return HttpReply.problem(403, refusal);
    }
    patience = page.patience();
    return shown(page, target.length < 2 ? "" : target[1]);
  }

  private static HttpReply shown(HttpPage page, String query) {
    try {
      return page.show(query);
    } catch (RuntimeException | Error e) {
      LOG.error("a page cannot be shown", e);
      return HttpReply.plain(500, "see the log");
    }
  }

  void close() {
    try {
      socket.close();
    } catch (IOException e) {
      LOG.debug("closing an HTTP connection: {}", e.getMessage());
    }
  }
}
