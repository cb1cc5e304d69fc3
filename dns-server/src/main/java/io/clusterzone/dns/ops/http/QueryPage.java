package io.clusterzone.dns.ops.http;

/// The content of a page of the directive `admin`. Called on a thread of its own for each request.
@FunctionalInterface
public interface QueryPage {
  /// The page for some parameters.
  ///
  /// @throws BadQuery if it does not take them
  HttpReply show(HttpQuery query);
}
