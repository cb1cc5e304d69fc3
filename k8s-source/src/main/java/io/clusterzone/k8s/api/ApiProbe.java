package io.clusterzone.k8s.api;

import io.clusterzone.k8s.api.connect.ApiAccess;
import io.clusterzone.k8s.api.connect.ApiConnection;
import io.clusterzone.k8s.api.connect.LeanTransport;
import io.clusterzone.k8s.api.connect.Transport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/// Looks at an API server once, for a command that finds faults: whether it answers, what the
/// account may read, and single lists. It only reads, as [ApiSource] does. For one thread.
public final class ApiProbe implements AutoCloseable {
  private static final String JSON = "application/json";
  private static final int OK = 200;
  private static final long BODY_NANOS = Duration.ofSeconds(5).toNanos();
  private static final int BODY_OCTETS = 2 << 20;

  private final ApiConnection.Opened connection;
  private final Transport transport;

  /// Nothing is sent yet.
  ///
  /// @throws IllegalArgumentException if the access cannot be used, with what is wrong
  public ApiProbe(ApiAccess access) {
    connection = ApiConnection.open(access);
    transport = new ImportVersions(new LeanTransport(connection.transport()));
  }

  /// A request that a server needs to make.
  ///
  /// @param request as `list services in namespace shop`
  /// @param refusal the server's reason; empty if it is allowed
  public record Permission(String request, String refusal) {
    public boolean isAllowed() {
      return refusal.isEmpty();
    }
  }

  /// Where it is, as `10.96.0.1:443`.
  public String host() {
    return connection.host().get();
  }

  /// The server's version, as `v1.34.1`; empty if it does not tell this account.
  ///
  /// @throws IOException if it cannot be reached
  public String version() throws IOException, InterruptedException {
    try (var response = transport.get(new Transport.Request("/version", JSON, false))) {
      return response.status() == OK ? body(response).path("gitVersion").asString("") : "";
    }
  }

  /// Whether each list and each watch that these options need is allowed: asks for one object, and
  /// begins a watch that it gives up at once.
  ///
  /// @throws IOException if the server cannot be reached
  public List<Permission> permissions(ApiOptions options) throws IOException, InterruptedException {
    List<Permission> permissions = new ArrayList<>();
    for (List<Resource> resources : WatchPlan.of(options).values()) {
      for (Resource resource : resources) {
        permissions.add(permission("list " + resource, resource.newest(), false));
        permissions.add(permission("watch " + resource, resource.watch("0", 1), true));
      }
    }
    return permissions;
  }

  private Permission permission(String name, Transport.Request request, boolean watch)
      throws IOException, InterruptedException {
    try (var response = transport.get(new Transport.Request(request.path(), JSON, watch))) {
      return new Permission(name, response.status() == OK ? "" : refusal(response));
    }
  }

  /// The items of a list.
  ///
  /// @param path with its query, from the root of the server
  /// @throws IOException if it cannot be had, with the reason
  public List<JsonNode> items(String path) throws IOException, InterruptedException {
    try (var response = transport.get(new Transport.Request(path, JSON, false))) {
      if (response.status() != OK) {
        throw new IOException(refusal(response));
      }
      return List.copyOf(body(response).path("items").values());
    }
  }

  private static String refusal(Transport.Response response)
      throws IOException, InterruptedException {
    String message = body(response).path("message").asString("");
    return response.status() + (message.isEmpty() ? "" : " " + message);
  }

  private static JsonNode body(Transport.Response response)
      throws IOException, InterruptedException {
    var body = new ByteArrayOutputStream();
    while (body.size() < BODY_OCTETS
        && response.next(BODY_NANOS) instanceof Transport.Piece.Data(var buffers)) {
      for (ByteBuffer buffer : buffers) {
        byte[] octets = new byte[buffer.remaining()];
        buffer.get(octets);
        body.writeBytes(octets);
      }
    }
    try {
      return JsonMapper.shared().readTree(body.toString(StandardCharsets.UTF_8));
    } catch (JacksonException _) {
      return MissingNode.getInstance();
    }
  }

  @Override
  public void close() {
    transport.close();
  }
}
