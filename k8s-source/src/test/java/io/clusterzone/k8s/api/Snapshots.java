package io.clusterzone.k8s.api;

import io.clusterzone.k8s.api.connect.ApiConnection;
import io.clusterzone.k8s.api.snapshot.SnapshotFile;
import io.clusterzone.k8s.model.ClusterObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.zip.CRC32C;

/// Snapshots for the tests of others.
public final class Snapshots {
  private static final int CRC_OCTETS = 8;

  private Snapshots() {}

  /// Writes what an earlier process with these options would have left behind.
  public static void write(Path file, ApiOptions options, Instant time, ClusterObject... objects)
      throws IOException {
    String host = ApiConnection.open(options.access()).host().get();
    SnapshotFile.write(file, ApiSource.scope(host, options), time, List.of(objects));
  }

  /// Writes another file in which an octet differs and the checksum is right nevertheless.
  static void change(Path file, int offset, int octet) throws IOException {
    byte[] octets = Files.readAllBytes(file);
    octets[offset] = (byte) octet;
    Files.write(file, checked(octets));
  }

  /// The octets of a file with the checksum that they ought to have.
  static byte[] checked(byte[] octets) {
    var checksum = new CRC32C();
    checksum.update(octets, 0, octets.length - CRC_OCTETS);
    ByteBuffer.wrap(octets).putLong(octets.length - CRC_OCTETS, checksum.getValue());
    return octets;
  }

  /// Where the objects would end if there were only these.
  static int endOf(Path file, String scope, List<ClusterObject> objects) throws IOException {
    Path shorter = file.resolveSibling("shorter");
    SnapshotFile.write(shorter, scope, Instant.EPOCH, objects);
    return (int) Files.size(shorter) - CRC_OCTETS;
  }

  /// All that a file has.
  static List<ClusterObject> read(Path file, String scope) throws IOException {
    try (var snapshot = SnapshotFile.open(file, scope)) {
      return snapshot.next(snapshot.size());
    }
  }
}
