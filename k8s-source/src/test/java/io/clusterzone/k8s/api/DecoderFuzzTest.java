package io.clusterzone.k8s.api;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.clusterzone.k8s.api.decode.Decoder;
import io.clusterzone.k8s.api.decode.MalformedBodyException;
import io.clusterzone.k8s.model.Kind;
import java.nio.ByteBuffer;

/// Any octets, torn anywhere, are read or given up; nothing else happens.
final class DecoderFuzzTest {
  @FuzzTest
  void readsOrGivesUp(FuzzedDataProvider data) {
    var kind = data.pickValue(Kind.values());
    var content = data.pickValue(Decoder.Content.values());
    String mediaType =
        data.consumeBoolean() ? "application/vnd.kubernetes.protobuf" : "application/json";
    var decoder = Decoder.of(mediaType, kind, true, content, _ -> {});
    try {
      while (data.remainingBytes() > 0) {
        decoder.feed(ByteBuffer.wrap(data.consumeBytes(data.consumeInt(1, 64))));
      }
      decoder.end();
    } catch (MalformedBodyException e) {
      // What is expected of most inputs.
    }
  }
}
