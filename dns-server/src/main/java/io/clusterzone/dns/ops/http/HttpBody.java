package io.clusterzone.dns.ops.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/// The content of a reply. Written at most once, and closed in any case.
public interface HttpBody extends AutoCloseable {
  long octets();

  void writeTo(OutputStream out) throws IOException;

  @Override
  default void close() {}

  static HttpBody of(String text) {
    byte[] octets = text.getBytes(StandardCharsets.UTF_8);
    return new HttpBody() {
      @Override
      public long octets() {
        return octets.length;
      }

      @Override
      public void writeTo(OutputStream out) throws IOException {
        out.write(octets);
      }
    };
  }
}
