package io.clusterzone.dns.doctor;

import java.io.IOException;

/// A running server, known by its pages.
///
/// @param url of its directive `admin`
/// @param host of the URL
public record RunningServer(String url, String host, StatusReader reader) {
  /// Reads the page `/status`.
  @FunctionalInterface
  public interface StatusReader {
    /// The JSON of the page.
    ///
    /// @throws IOException if there is none, with what to do
    String read() throws IOException;
  }
}
