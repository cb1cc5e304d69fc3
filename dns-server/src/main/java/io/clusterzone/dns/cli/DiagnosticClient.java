package io.clusterzone.dns.cli;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// Reads the pages of the directive `pprof` of a running server.
final class DiagnosticClient {
  private static final Duration CONNECT = Duration.ofSeconds(5);

  private final String address;

  /// @param address `HOST:PORT`, or `:PORT` of this host
  DiagnosticClient(String address) {
    this.address = address.startsWith(":") ? "localhost" + address : address;
  }

  /// The page, once the server begins to send it. Reading ends with an exception if the server does
  /// before the last octet.
  ///
  /// @param patience how long that may take
  /// @throws CommandFailure if there is no such page, with what to do
  InputStream get(String page, Duration patience) {
    try {
      var connection = (HttpURLConnection) URI.create(uri(page)).toURL().openConnection();
      connection.setConnectTimeout((int) CONNECT.toMillis());
      connection.setReadTimeout((int) patience.toMillis());
      if (connection.getResponseCode() == HttpURLConnection.HTTP_OK) {
        return connection.getInputStream();
      }
      throw CommandFailure.problem(address + " says: " + text(connection.getErrorStream()));
    } catch (ConnectException _) {
      throw CommandFailure.problem(
          "nothing answers at "
              + address
              + "; add the directive pprof to the Corefile, which reload takes without a restart,"
              + " or name its address with --address");
    } catch (IOException | IllegalArgumentException | ClassCastException e) {
      throw CommandFailure.problem("cannot ask " + address + ": " + e.getMessage());
    }
  }

  private String uri(String page) {
    return "http://" + address + page;
  }

  private static String text(InputStream in) throws IOException {
    try (in) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
