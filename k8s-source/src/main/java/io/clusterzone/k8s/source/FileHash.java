package io.clusterzone.k8s.source;

import java.nio.ByteBuffer;

/// The first half of the SHA-256 of a file's content: two files that share it cannot be found.
record FileHash(long high, long low) {
  /// Of a file whose content is not known; no other file has it.
  static final FileHash NONE = new FileHash(0, 0);

  static FileHash of(byte[] sha256) {
    ByteBuffer octets = ByteBuffer.wrap(sha256);
    return new FileHash(octets.getLong(), octets.getLong());
  }
}
