/// Reading the API server's two encodings: objects are cut to the model while their bytes arrive.
///
/// Read [Decoder] first: it takes a body piece by piece, as JSON ([JsonDecoder]) or protobuf
/// ([ProtobufDecoder]). [Shapes] lists the fields kept, each with its [Slot]; an [ObjectDraft]
/// becomes the object.
@NullMarked
package io.clusterzone.k8s.api.decode;

import org.jspecify.annotations.NullMarked;
