package io.clusterzone.dns.cli;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Reads the pages of the directive `admin` of a running server.
final class AdminClient {
  /// Where `serve` has them by default.
  static final String DEFAULT = "http://127.0.0.1:9154";

  private static final Duration CONNECT = Duration.ofSeconds(3);
  private static final Duration READ = Duration.ofSeconds(10);

  /// Octets of the largest reply that is read, and of one that tells a problem.
  private static final int LARGEST = 8 << 20;

  private static final int LARGEST_PROBLEM = 8192;

  private final String option;
  private final URI server;

  /// @param server `http://HOST:PORT`, `HOST:PORT`, or `:PORT` of this host
  /// @throws CommandFailure if it is none of these
  AdminClient(String server) {
    this("--server", server);
  }

  /// @param option that names the server
  AdminClient(String option, String server) {
    this.option = option;
    this.server = uri(option, server);
  }

  private static URI uri(String option, String server) {
    String url = server.startsWith(":") ? "127.0.0.1" + server : server;
    try {
      URI uri = URI.create(url.contains("://") ? url : "http://" + url);
      String path = uri.getPath();
      if ("http".equals(uri.getScheme())
          && uri.getHost() != null
          && uri.getPort() > 0
          && (path.isEmpty() || path.equals("/"))) {
        return URI.create("http://" + uri.getAuthority());
      }
    } catch (IllegalArgumentException _) {
      // Told below.
    }
    throw CommandFailure.usage(
        option + " takes http://HOST:PORT or HOST:PORT such as " + DEFAULT + ", not " + server);
  }

  /// The text of a page.
  ///
  /// @param path of the page, with its `/`
  /// @param parameters each with its values
  /// @throws CommandFailure if there is none, with what to do
  String get(String path, Map<String, List<String>> parameters) {
    try {
      var connection =
          (HttpURLConnection)
              URI.create(server + path + query(parameters)).toURL().openConnection(Proxy.NO_PROXY);
      connection.setConnectTimeout((int) CONNECT.toMillis());
      connection.setReadTimeout((int) READ.toMillis());
      connection.setInstanceFollowRedirects(false);
      int status = connection.getResponseCode();
      if (status == HttpURLConnection.HTTP_OK) {
        return text(connection.getInputStream(), LARGEST);
      }
      throw refused(path, status, text(connection.getErrorStream(), LARGEST_PROBLEM));
    } catch (ConnectException _) {
      throw CommandFailure.problem(
          "no server answers at "
              + server
              + ": is it running here, and not with admin off? Name its address with "
              + option
              + "; see the directive admin");
    } catch (SocketTimeoutException _) {
      throw CommandFailure.problem(
          server + " does not answer in time: is it a server of ours, and not overloaded?");
    } catch (IOException e) {
      throw CommandFailure.problem("cannot ask " + server + ": " + e.getMessage());
    }
  }

  private CommandFailure refused(String path, int status, String text) {
    return CommandFailure.problem(
        switch (status) {
          case HttpURLConnection.HTTP_BAD_REQUEST -> reason(text);
          case HttpURLConnection.HTTP_NOT_FOUND ->
              server
                  + " has no page "
                  + path
                  + ": name the address of the directive admin of a server of this version";
          default -> server + " says " + status + (text.isBlank() ? "" : ": " + reason(text));
        });
  }

  /// The reason of `{"error": "..."}`, or the text if it is something else.
  private static String reason(String text) {
    String line = text.strip();
    int start = line.indexOf("\"error\": \"");
    int end = line.lastIndexOf('"');
    return start < 0 || end < start + 10
        ? line
        : line.substring(start + 10, end).replace("\\\"", "\"").replace("\\\\", "\\");
  }

  private static String query(Map<String, List<String>> parameters) {
    return parameters.entrySet().stream()
        .flatMap(entry ->
            entry.getValue().stream()
                .map(value ->
                    entry.getKey() + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8)))
        .collect(
            Collectors.collectingAndThen(
                Collectors.joining("&"), query -> query.isEmpty() ? "" : "?" + query));
  }

  private static String text(@Nullable InputStream in, int most) throws IOException {
    if (in == null) {
      return "";
    }
    try (in) {
      byte[] octets = in.readNBytes(most);
      if (octets.length == most && in.read() >= 0) {
        throw new IOException("it sends more than " + most + " octets");
      }
      return new String(octets, StandardCharsets.UTF_8);
    }
  }
}
