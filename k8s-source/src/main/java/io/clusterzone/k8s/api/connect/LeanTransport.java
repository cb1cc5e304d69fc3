package io.clusterzone.k8s.api.connect;

import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Collectors;

/// Asks the server to leave out `metadata.managedFields`, which may be more than half of an object
/// (KEP-5958). Nothing here reads it. A server that does not know this sends it; one that refuses
/// is asked without from then on. Safe on any thread.
public final class LeanTransport implements Transport {
  private static final String DROP = ";drop=metadata.managedFields";

  private final Transport transport;
  private volatile boolean refused;

  public LeanTransport(Transport transport) {
    this.transport = transport;
  }

  @Override
  public Response get(Request request) throws IOException, InterruptedException {
    if (refused) {
      return transport.get(request);
    }
    Response response =
        transport.get(new Request(request.path(), lean(request.accept()), request.watch()));
    if (!isAboutMediaTypes(response.status())) {
      return response;
    }
    response.close();
    refused = true;
    return transport.get(request);
  }

  /// Whether a server, or a proxy before it, rejects the `Accept` header with this status.
  private static boolean isAboutMediaTypes(int status) {
    return status == 406 || status == 415;
  }

  private static String lean(String accept) {
    return Arrays.stream(accept.split(",", -1))
        .map(type -> type + DROP)
        .collect(Collectors.joining(","));
  }

  @Override
  public void close() {
    transport.close();
  }
}
