package io.clusterzone.dns.cli;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Reads the pages of the directive `pprof` of a running server.
final class DiagnosticClient {
  private static final Duration CONNECT = Duration.ofSeconds(5);

  /// Octets of a reply that is shown.
  private static final int MAX_TEXT = 8192;

  private final String address;

  /// @param address `HOST:PORT`, or `:PORT` of this host
  DiagnosticClient(String address) {
    this.address = address.startsWith(":") ? "localhost" + address : address;
  }

  /// The page, once the server begins to send it. Reading ends with an exception if the server does
  /// before the last octet.
  ///
  /// @param patience the longest time for that
  /// @throws CommandFailure if there is no such page, with what to do
  InputStream get(String page, Duration patience) {
    return ask(
        page,
        patience,
        connection -> {
          if (connection.getResponseCode() == HttpURLConnection.HTTP_OK) {
            return connection.getInputStream();
          }
          throw CommandFailure.problem(address + " says: " + text(connection.getErrorStream()));
        });
  }

  /// Asks whether the server has a page, which takes no time.
  ///
  /// @throws CommandFailure if nothing answers, or it has not, with what to do
  void require(String page) {
    String pages =
        ask(
            "/",
            CONNECT,
            connection ->
                text(
                    connection.getResponseCode() == HttpURLConnection.HTTP_OK
                        ? connection.getInputStream()
                        : connection.getErrorStream()));
    if (!pages.contains(page)) {
      throw CommandFailure.problem(
          address + " has no page " + page + "; name the address of the directive pprof");
    }
  }

  private interface Reader<T> {
    T read(HttpURLConnection connection) throws IOException;
  }

  private <T> T ask(String page, Duration patience, Reader<T> reader) {
    try {
      var connection =
          (HttpURLConnection) URI.create("http://" + address + page).toURL().openConnection();
      connection.setConnectTimeout((int) CONNECT.toMillis());
      connection.setReadTimeout((int) patience.toMillis());
      return reader.read(connection);
    } catch (ConnectException _) {
      throw CommandFailure.problem(
          "nothing answers at "
              + address
              + "; add the directive pprof to the Corefile, which reload takes without a restart, or"
              + " name its address with --address");
    } catch (IOException | IllegalArgumentException | ClassCastException e) {
      throw CommandFailure.problem("cannot ask " + address + ": " + e.getMessage());
    }
  }

  private static String text(@Nullable InputStream in) throws IOException {
    if (in == null) {
      return "nothing";
    }
    try (in) {
      return new String(in.readNBytes(MAX_TEXT), StandardCharsets.UTF_8);
    }
  }
}
