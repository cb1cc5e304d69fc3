package io.clusterzone.k8s.api;

import io.clusterzone.k8s.api.FakeCluster.Stored;
import io.clusterzone.k8s.model.Kind;
import java.util.List;

/// The encoding of a fake API server's bodies. Objects carry what real ones do beside the fields
/// that DNS needs: annotations, managed fields, status.
interface FakeEncoding {
  /// Non-ASCII text of two, three and four octets a character, and a quote, for annotations.
  String NOISE = "h\u00e9 \u20ac \ud83d\ude00 \"\\ ";

  String mediaType();

  byte[] list(Kind kind, List<Stored> items, long version, String next, boolean metadataOnly);

  /// `object` has the kind's form; a bookmark's is empty but for its version.
  byte[] event(FakeCluster.Type type, Kind kind, Stored stored, boolean initialEventsEnd);

  byte[] error(int code, String reason, String message, int retryAfterSeconds);

  /// A Status as the body of a response.
  byte[] status(int code, String reason, String message, int retryAfterSeconds);
}
