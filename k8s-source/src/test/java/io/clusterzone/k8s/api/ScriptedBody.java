package io.clusterzone.k8s.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.clusterzone.k8s.api.connect.Transport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/// A response in JSON that a test writes, a piece at a time. Tests override what theirs does
/// otherwise.
class ScriptedBody implements Transport.Response {
  private final int status;
  private final Queue<String> pieces;

  ScriptedBody(int status, String... pieces) {
    this(status, new ArrayDeque<>(List.of(pieces)));
  }

  /// Takes its pieces from the queue when they are asked for.
  ScriptedBody(int status, Queue<String> pieces) {
    this.status = status;
    this.pieces = pieces;
  }

  @Override
  public int status() {
    return status;
  }

  @Override
  public String header(String name) {
    return name.equals("Content-Type") ? "application/json" : "";
  }

  @Override
  public Transport.Piece next(long nanos) throws IOException {
    String piece = pieces.poll();
    return piece == null ? new Transport.Piece.End() : piece(piece, nanos);
  }

  /// What a piece of the script stands for, waited for so long.
  Transport.Piece piece(String text, long nanos) throws IOException {
    return new Transport.Piece.Data(List.of(ByteBuffer.wrap(text.getBytes(UTF_8))));
  }

  @Override
  public void close() {}
}
