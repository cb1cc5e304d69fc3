package io.clusterzone.dns.ops.http;

import java.io.IOException;
import java.net.Socket;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One connection: one request, one reply, on a virtual thread. Whoever holds it may close it at
/// any time, which ends the thread.
final class HttpConnection {
  private static final Logger LOG = LoggerFactory.getLogger(HttpConnection.class);

  private final Socket socket;
  private final long startNanos;

  HttpConnection(Socket socket, long nowNanos) {
    this.socket = socket;
    this.startNanos = nowNanos;
  }

  long ageNanos(long nowNanos) {
    return nowNanos - startNanos;
  }

  void serve(Map<String, HttpPage> pages) {
    try (socket) {
      String[] request = HttpHead.read(socket.getInputStream()).line().split(" ", -1);
      boolean withBody = !request[0].equals("HEAD");
      socket.getOutputStream().write(reply(request, pages).message(withBody));
      socket.shutdownOutput();
    } catch (IOException e) {
      LOG.debug("an HTTP client ended early: {}", e.getMessage());
    }
  }

  private static HttpReply reply(String[] request, Map<String, HttpPage> pages) {
    if (request.length == 1 && request[0].isEmpty()) {
      return HttpReply.plain(431, "the request is too long");
    }
    if (request.length != 3 || !request[2].startsWith("HTTP/1.")) {
      return HttpReply.plain(400, "this is not an HTTP/1.1 request");
    }
    if (!request[0].equals("GET") && !request[0].equals("HEAD")) {
      return HttpReply.plain(405, "only GET and HEAD are answered");
    }
    HttpPage page = pages.get(request[1].split("\\?", 2)[0]);
    if (page == null) {
      return HttpReply.plain(404, "there is " + String.join(", ", pages.keySet()));
    }
    return shown(page);
  }

  private static HttpReply shown(HttpPage page) {
    try {
      return page.show();
    } catch (RuntimeException e) {
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
