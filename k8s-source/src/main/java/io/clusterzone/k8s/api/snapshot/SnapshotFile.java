package io.clusterzone.k8s.api.snapshot;

import io.clusterzone.k8s.file.Limit;
import io.clusterzone.k8s.file.RegularFile;
import io.clusterzone.k8s.kept.KeptFile;
import io.clusterzone.k8s.model.ClusterObject;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;
import org.jspecify.annotations.Nullable;

/// The last known cluster on disk.
///
/// ```
/// magic(4) version(4) scope(UTF) time(8, ms) count(4) object... crc32c(8) of all before
/// ```
///
/// It is a [KeptFile]: a crash leaves the old one or the new one. The checksum is verified before
/// anything is believed; even then any octets are either objects or an IOException.
public final class SnapshotFile {
  /// The mark of [KeptFile.Form#SNAPSHOT].
  private static final int MAGIC = 0x435a5331;

  private static final int VERSION = 1;
  private static final int CRC_OCTETS = 8;

  /// The kind and two empty texts.
  private static final int SMALLEST_OBJECT_OCTETS = 5;

  private SnapshotFile() {}

  /// The objects of a file, read one part after another. One thread.
  public static final class Opened implements AutoCloseable {
    private final DataInputStream in;
    private final SnapshotCodec codec;
    private final Instant time;
    private final int size;
    private int read;
    private @Nullable IOException unreadable;

    private Opened(DataInputStream in, long octets) throws IOException {
      this.in = in;
      this.codec = new SnapshotCodec(in);
      this.time = Instant.ofEpochMilli(in.readLong());
      this.size = in.readInt();
      if (size < 0 || size > octets / SMALLEST_OBJECT_OCTETS) {
        throw new IOException("not a snapshot: " + size + " objects in " + octets + " octets");
      }
    }

    /// The time as of which the objects are.
    public Instant time() {
      return time;
    }

    /// The number of objects in all.
    public int size() {
      return size;
    }

    /// The number of objects read so far.
    public int read() {
      return read;
    }

    /// The next so many in the order they were written in, or the rest; empty at the end.
    ///
    /// @throws IOException if the next cannot be read, with the reason; all before it were returned
    public List<ClusterObject> next(int most) throws IOException {
      List<ClusterObject> part = new ArrayList<>(Math.min(most, size - read));
      while (unreadable == null && part.size() < most && read < size) {
        try {
          part.add(codec.read());
          read++;
        } catch (EOFException e) {
          unreadable = new IOException("the file ends before the next", e);
        } catch (IOException e) {
          unreadable = e;
        }
      }
      if (unreadable != null && part.isEmpty()) {
        throw unreadable;
      }
      return part;
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }

  public static void write(Path file, String scope, Instant time, Collection<ClusterObject> objects)
      throws IOException {
    kept(file).write(channel -> writeWhole(channel, scope, time, objects));
  }

  /// Removes what a process left that died while it wrote.
  public static void removeUnfinished(Path file) throws IOException {
    kept(file).removeUnfinished();
  }

  private static KeptFile kept(Path file) {
    return new KeptFile(file, KeptFile.Form.SNAPSHOT);
  }

  private static void writeWhole(
      FileChannel channel, String scope, Instant time, Collection<ClusterObject> objects)
      throws IOException {
    var octets = new CheckedOutputStream(Channels.newOutputStream(channel), new CRC32C());
    var out = new DataOutputStream(new BufferedOutputStream(octets, 1 << 16));
    out.writeInt(MAGIC);
    out.writeInt(VERSION);
    out.writeUTF(scope);
    out.writeLong(time.toEpochMilli());
    out.writeInt(objects.size());
    for (ClusterObject object : objects) {
      SnapshotCodec.write(object, out);
    }
    out.flush();
    out.writeLong(octets.getChecksum().getValue());
    out.flush();
    long most = Limit.SNAPSHOT_OCTETS.value();
    if (channel.size() > most) {
      throw new IOException("more than " + most + " octets");
    }
  }

  /// Opens a file that was written for the same scope.
  ///
  /// @throws IOException if there is none, or it cannot be used, with the reason
  public static Opened open(Path file, String scope) throws IOException {
    RegularFile.check(file);
    long size = Files.size(file);
    if (size < CRC_OCTETS) {
      throw new IOException(size + " octets are no snapshot");
    }
    verify(file, size);
    DataInputStream in = open(file);
    try {
      checkHead(in, scope);
      return new Opened(in, size);
    } catch (IOException e) {
      in.close();
      throw e instanceof EOFException ? new IOException("not a snapshot", e) : e;
    }
  }

  private static void checkHead(DataInputStream in, String scope) throws IOException {
    if (in.readInt() != MAGIC) {
      throw new IOException("not a snapshot");
    }
    int version = in.readInt();
    if (version != VERSION) {
      throw new IOException("version " + version + " instead of " + VERSION);
    }
    String taken = in.readUTF();
    if (!taken.equals(scope)) {
      throw new IOException("taken of another server or with other options: " + taken);
    }
  }

  private static DataInputStream open(Path file) throws IOException {
    return new DataInputStream(RegularFile.open(file, Limit.SNAPSHOT_OCTETS));
  }

  private static void verify(Path file, long size) throws IOException {
    try (InputStream in = RegularFile.open(file, Limit.SNAPSHOT_OCTETS)) {
      var checked = new CheckedInputStream(in, new CRC32C());
      checked.skipNBytes(size - CRC_OCTETS);
      if (new DataInputStream(in).readLong() != checked.getChecksum().getValue()) {
        throw new IOException("torn or not a snapshot: the checksum differs");
      }
    }
  }
}
