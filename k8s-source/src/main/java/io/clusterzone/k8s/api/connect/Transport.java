package io.clusterzone.k8s.api.connect;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/// Sends requests to the API server. Safe on any thread; each response belongs to one.
public interface Transport extends AutoCloseable {
  /// Sends a GET and waits for the head of the response.
  ///
  /// @throws IOException if none comes in time
  Response get(Request request) throws IOException, InterruptedException;

  @Override
  void close();

  /// `path` with its query, from the root of the server. `watch`: whether the response goes on for
  /// minutes, which metrics and the limit of requests under way have to know.
  record Request(String path, String accept, boolean watch) {}

  /// A response whose body is read piece by piece, and never buffered: the connection's own flow
  /// control holds the server back.
  interface Response extends AutoCloseable {
    int status();

    /// Empty if there is no such header.
    String header(String name);

    /// Waits for the next piece of the body, but no longer than this.
    ///
    /// @throws IOException if the connection breaks
    Piece next(long nanos) throws IOException, InterruptedException;

    /// Gives up what has not been read.
    @Override
    void close();
  }

  /// The result of waiting for a piece of the body.
  sealed interface Piece {
    record Data(List<ByteBuffer> buffers) implements Piece {}

    record Silence() implements Piece {}

    record End() implements Piece {}
  }
}
