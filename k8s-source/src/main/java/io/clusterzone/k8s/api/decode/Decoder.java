package io.clusterzone.k8s.api.decode;

import io.clusterzone.k8s.model.Kind;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/// Reads one response body, piece by piece, torn anywhere. One thread at a time.
///
/// Memory: one text of at most [Draft#MAX_TEXT] octets and one object as the model has it, however
/// large the object is on the wire.
public interface Decoder {
  /// Reads all of a piece; events go to the consumer the decoder was made with, in order.
  ///
  /// @throws MalformedBodyException if the body cannot be read any further
  void feed(ByteBuffer piece) throws MalformedBodyException;

  /// The body has ended.
  ///
  /// @throws MalformedBodyException if it ended in the middle
  void end() throws MalformedBodyException;

  /// The content of a body.
  enum Content {
    LIST,
    LIST_OF_METADATA,
    WATCH
  }

  /// A decoder for a body of this media type: protobuf if it says so, else JSON. `podNames`:
  /// whether endpoints keep the names of their Pods.
  static Decoder of(
      String mediaType, Kind kind, boolean podNames, Content content, Consumer<ApiEvent> events) {
    boolean metadataOnly = content == Content.LIST_OF_METADATA;
    Shape object = Shapes.object(kind, metadataOnly, podNames);
    boolean watch = content == Content.WATCH;
    var draft = new Draft(kind, metadataOnly, watch, events);
    if (mediaType.startsWith("application/vnd.kubernetes.protobuf")) {
      return new ProtobufDecoder(watch ? object : Shapes.list(object), watch, draft);
    }
    Shape root = watch ? Shapes.jsonEvent(object) : Shapes.list(object).with(Shapes.STATUS);
    return new JsonDecoder(root, draft);
  }
}
