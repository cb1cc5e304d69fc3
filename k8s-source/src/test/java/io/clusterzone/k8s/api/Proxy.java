package io.clusterzone.k8s.api;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// An HTTP proxy that makes tunnels (RFC 9110 section 9.3.6), and tells where to.
final class Proxy implements AutoCloseable {
  private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final List<String> targets = new CopyOnWriteArrayList<>();

  Proxy() throws IOException {
    Thread.ofVirtual().start(this::acceptAll);
  }

  int port() {
    return listener.getLocalPort();
  }

  /// `HOST:PORT` of each tunnel that was asked for.
  List<String> targets() {
    return List.copyOf(targets);
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }

  private void acceptAll() {
    try {
      while (true) {
        Socket client = listener.accept();
        Thread.ofVirtual().start(() -> tunnel(client));
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private void tunnel(Socket client) {
    try (client) {
      String target = line(client.getInputStream()).split(" ", -1)[1];
      targets.add(target);
      while (!line(client.getInputStream()).isEmpty()) {
        // Headers.
      }
      String[] parts = target.split(":", -1);
      try (var server = new Socket(parts[0], Integer.parseInt(parts[1]))) {
        client.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(US_ASCII));
        Thread.ofVirtual().start(() -> copy(server, client));
        copy(client, server);
      }
    } catch (IOException e) {
      // One side went away.
    }
  }

  private static String line(InputStream in) throws IOException {
    var line = new StringBuilder();
    for (int octet = in.read(); octet >= 0 && octet != '\n'; octet = in.read()) {
      line.append((char) octet);
    }
    return line.toString().strip();
  }

  private static void copy(Socket from, Socket to) {
    try (from;
        to) {
      var _ = from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException e) {
      // One side went away.
    }
  }
}
