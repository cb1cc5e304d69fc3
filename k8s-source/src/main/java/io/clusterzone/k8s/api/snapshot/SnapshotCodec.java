package io.clusterzone.k8s.api.snapshot;

import io.clusterzone.k8s.model.ClusterObject;
import io.clusterzone.k8s.model.ClusterObject.Endpoint;
import io.clusterzone.k8s.model.ClusterObject.EndpointSlice;
import io.clusterzone.k8s.model.ClusterObject.Namespace;
import io.clusterzone.k8s.model.ClusterObject.Pod;
import io.clusterzone.k8s.model.ClusterObject.Port;
import io.clusterzone.k8s.model.ClusterObject.Service;
import io.clusterzone.k8s.model.ClusterObject.ServiceImport;
import io.clusterzone.k8s.model.IpAddress;
import io.clusterzone.k8s.model.ObjectKey;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Objects of the model in a snapshot. Change it, and [SnapshotFile]'s version changes.
final class SnapshotCodec {
  private static final int NAMESPACE = 1;
  private static final int SERVICE = 2;
  private static final int SLICE = 3;
  private static final int POD = 4;
  private static final int IMPORT = 5;

  /// Flags of an import.
  private static final int IS_HEADLESS = 1;

  private static final int NO_SLICES = 1 << 1;

  private static final int CLUSTER_IP = 1;
  private static final int HEADLESS = 2;
  private static final int EXTERNAL_NAME = 3;

  private final DataInputStream in;

  /// Equal texts become one, as in the decoders.
  private final Map<String, String> texts = new HashMap<>();

  SnapshotCodec(DataInputStream in) {
    this.in = in;
  }

  /// Writes one element of a list.
  private interface Writer<T> {
    void write(T element, DataOutputStream out) throws IOException;
  }

  /// Reads one element of a list.
  private interface Reader<T> {
    T read() throws IOException;
  }

  static void write(ClusterObject object, DataOutputStream out) throws IOException {
    switch (object) {
      case Namespace namespace -> writeKey(NAMESPACE, namespace.key(), out);
      case Service service -> {
        writeKey(SERVICE, service.key(), out);
        out.writeByte(
            switch (service.type()) {
              case CLUSTER_IP -> CLUSTER_IP;
              case HEADLESS -> HEADLESS;
              case EXTERNAL_NAME -> EXTERNAL_NAME;
            });
        writeAll(service.clusterIps(), SnapshotCodec::writeAddress, out);
        writeAll(service.ports(), SnapshotCodec::writePort, out);
        out.writeUTF(service.externalName());
      }
      case EndpointSlice slice -> {
        writeKey(SLICE, slice.key(), out);
        out.writeUTF(slice.service());
        out.writeUTF(slice.importedService());
        out.writeUTF(slice.cluster());
        writeAll(slice.endpoints(), SnapshotCodec::writeEndpoint, out);
        writeAll(slice.ports(), SnapshotCodec::writePort, out);
      }
      case Pod pod -> {
        writeKey(POD, pod.key(), out);
        writeAll(pod.addresses(), SnapshotCodec::writeAddress, out);
      }
      case ServiceImport imported -> {
        writeKey(IMPORT, imported.key(), out);
        out.writeByte(
            (imported.headless() ? IS_HEADLESS : 0) | (imported.slicesAbsent() ? NO_SLICES : 0));
        writeAll(imported.addresses(), SnapshotCodec::writeAddress, out);
        writeAll(imported.ports(), SnapshotCodec::writePort, out);
      }
    }
  }

  private static void writeKey(int kind, ObjectKey key, DataOutputStream out) throws IOException {
    out.writeByte(kind);
    out.writeUTF(key.namespace());
    out.writeUTF(key.name());
  }

  private static <T> void writeAll(List<T> all, Writer<T> writer, DataOutputStream out)
      throws IOException {
    out.writeInt(all.size());
    for (T element : all) {
      writer.write(element, out);
    }
  }

  private static void writeAddress(IpAddress address, DataOutputStream out) throws IOException {
    out.writeBoolean(address.isV4());
    if (!address.isV4()) {
      out.writeLong(address.high());
    }
    out.writeLong(address.low());
  }

  private static void writePort(Port port, DataOutputStream out) throws IOException {
    out.writeUTF(port.name());
    out.writeUTF(port.protocol());
    out.writeInt(port.number());
  }

  private static void writeEndpoint(Endpoint endpoint, DataOutputStream out) throws IOException {
    writeAll(endpoint.addresses(), SnapshotCodec::writeAddress, out);
    out.writeBoolean(endpoint.ready());
    out.writeUTF(endpoint.hostname());
    out.writeUTF(endpoint.pod());
    out.writeUTF(endpoint.zone());
  }

  ClusterObject read() throws IOException {
    int kind = in.readByte();
    var key = new ObjectKey(text(), text());
    return switch (kind) {
      case NAMESPACE -> new Namespace(key.name());
      case SERVICE ->
          new Service(key, serviceType(), readAll(this::address), readAll(this::port), text());
      case SLICE ->
          new EndpointSlice(
              key, text(), text(), text(), readAll(this::endpoint), readAll(this::port));
      case POD -> new Pod(key, readAll(this::address));
      case IMPORT -> {
        int flags = in.readByte();
        yield new ServiceImport(
            key,
            (flags & IS_HEADLESS) != 0,
            (flags & NO_SLICES) != 0,
            readAll(this::address),
            readAll(this::port));
      }
      default -> throw new IOException("an object of kind " + kind);
    };
  }

  private Service.Type serviceType() throws IOException {
    int type = in.readByte();
    return switch (type) {
      case CLUSTER_IP -> Service.Type.CLUSTER_IP;
      case HEADLESS -> Service.Type.HEADLESS;
      case EXTERNAL_NAME -> Service.Type.EXTERNAL_NAME;
      default -> throw new IOException("a Service of type " + type);
    };
  }

  private <T> List<T> readAll(Reader<T> reader) throws IOException {
    int count = in.readInt();
    if (count < 0) {
      throw new IOException("a list of " + count);
    }
    var all = new ArrayList<T>();
    for (int i = 0; i < count; i++) {
      all.add(reader.read());
    }
    return all;
  }

  private String text() throws IOException {
    String text = in.readUTF();
    String known = texts.putIfAbsent(text, text);
    return known == null ? text : known;
  }

  private IpAddress address() throws IOException {
    if (!in.readBoolean()) {
      return IpAddress.v6(in.readLong(), in.readLong());
    }
    long bits = in.readLong();
    if (bits >>> Integer.SIZE != 0) {
      throw new IOException("an IPv4 address of more than 32 bits");
    }
    return IpAddress.v4((int) bits);
  }

  private Port port() throws IOException {
    return new Port(text(), text(), in.readInt());
  }

  private Endpoint endpoint() throws IOException {
    return new Endpoint(readAll(this::address), in.readBoolean(), text(), text(), text());
  }
}
