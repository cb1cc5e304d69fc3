package io.clusterzone.k8s.api;

import io.clusterzone.k8s.api.connect.Transport;
import io.clusterzone.k8s.api.decode.ApiEvent;
import io.clusterzone.k8s.api.decode.Decoder.Content;
import java.io.IOException;

/// Asks whether the server's store has come as far as the state known here.
///
/// A watch from a version that the store has yet to reach is no error to a server: it stays open
/// and says nothing until then, bookmarks included. So a store that was restored from a backup, or
/// made anew, looks like one in which nothing happens. A list shows it: without a resource version
/// it is of the store's newest.
final class StoreCheck {
  private final Resource resource;
  private final Transport transport;
  private final KindStatus status;
  private final Patience patience;

  StoreCheck(Resource resource, Transport transport, KindStatus status, Patience patience) {
    this.resource = resource;
    this.transport = transport;
    this.status = status;
    this.patience = patience;
  }

  /// @throws RelistException if the store has not come as far as that version
  void confirm(String version) throws IOException, InterruptedException {
    try (var stream =
        EventStream.open(
            transport, resource.newest(), resource, Content.LIST_OF_METADATA, status::received)) {
      stream.readAll(patience.listSilence(), event -> compare(event, version));
    }
  }

  private static void compare(ApiEvent event, String version) throws IOException {
    if (event instanceof ApiEvent.PageEnd page
        && ResourceVersion.goesBackwards(version, page.resourceVersion())) {
      throw RelistException.backwards(version, page.resourceVersion());
    }
    if (event instanceof ApiEvent.Failed failed) {
      throw new ApiFailure(failed);
    }
    if (event instanceof ApiEvent.Foreign foreign) {
      throw new IOException(foreign.problem());
    }
  }
}
