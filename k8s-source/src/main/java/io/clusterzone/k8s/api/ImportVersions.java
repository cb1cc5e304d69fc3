package io.clusterzone.k8s.api;

import io.clusterzone.k8s.api.connect.Transport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Asks for ServiceImports in a version that the server serves. Their API is a custom one, which a
/// cluster has from its installer, and which changes under a server that runs: `v1beta1` by now,
/// `v1alpha1` before, with the same fields.
///
/// Discovery is asked when nothing is known yet and when the version that is known is not found.
/// Where it says nothing, the versions are tried one after the other. Requests for other kinds are
/// passed on. Safe on any thread.
final class ImportVersions implements Transport {
  private static final Logger LOG = LoggerFactory.getLogger(ImportVersions.class);

  /// The group, whose version comes next in a path.
  static final String GROUP = "/apis/multicluster.x-k8s.io";

  /// The versions with known fields, the best first.
  private static final List<String> KNOWN = List.of("v1beta1", "v1alpha1");

  private static final int OK = 200;
  private static final int NOT_FOUND = 404;
  private static final long BODY_NANOS = Duration.ofSeconds(5).toNanos();
  private static final int BODY_OCTETS = 64 << 10;

  private final Transport transport;
  private volatile @Nullable String served;

  ImportVersions(Transport transport) {
    this.transport = transport;
  }

  @Override
  public Response get(Request request) throws IOException, InterruptedException {
    if (!request.path().startsWith(GROUP + "/")) {
      return transport.get(request);
    }
    String before = served;
    if (before != null) {
      Response response = transport.get(inVersion(request, before));
      if (response.status() != NOT_FOUND) {
        return response;
      }
      response.close();
    }
    return find(request, before);
  }

  /// Tries the versions that discovery names, and remembers the one that is there; else the last
  /// refusal.
  private Response find(Request request, @Nullable String before)
      throws IOException, InterruptedException {
    List<String> candidates = discovered();
    for (String version : candidates) {
      Response response = transport.get(inVersion(request, version));
      boolean last = version.equals(candidates.getLast());
      if (response.status() != NOT_FOUND) {
        served = version;
        if (!version.equals(before)) {
          LOG.info("serviceimports: read as {}/{}", GROUP.substring("/apis/".length()), version);
        }
        return response;
      }
      if (last) {
        return response;
      }
      response.close();
    }
    throw new IllegalStateException("no version to try: " + candidates);
  }

  private static Request inVersion(Request request, String version) {
    int end = request.path().indexOf('/', GROUP.length() + 1);
    String path = GROUP + "/" + version + request.path().substring(end);
    return new Request(path, request.accept(), request.watch());
  }

  /// Never empty: the versions that the server names and that are known here, else the known ones.
  private List<String> discovered() throws IOException, InterruptedException {
    try (Response response = transport.get(new Request(GROUP, "application/json", false))) {
      List<String> named = response.status() == OK ? versions(body(response)) : List.of();
      List<String> usable = KNOWN.stream().filter(named::contains).toList();
      return usable.isEmpty() ? KNOWN : usable;
    }
  }

  private static List<String> versions(byte[] group) {
    List<String> names = new ArrayList<>();
    try {
      for (JsonNode version : new JsonMapper().readTree(group).path("versions")) {
        names.add(version.path("version").asString(""));
      }
    } catch (JacksonException e) {
      LOG.debug("{} is not understood", GROUP, e);
    }
    return names;
  }

  private static byte[] body(Response response) throws IOException, InterruptedException {
    var body = new ByteArrayOutputStream();
    while (body.size() < BODY_OCTETS
        && response.next(BODY_NANOS) instanceof Piece.Data(var buffers)) {
      for (ByteBuffer buffer : buffers) {
        byte[] octets = new byte[buffer.remaining()];
        buffer.get(octets);
        body.writeBytes(octets);
      }
    }
    return body.toByteArray();
  }

  @Override
  public void close() {
    transport.close();
  }
}
