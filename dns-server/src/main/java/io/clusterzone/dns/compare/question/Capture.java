package io.clusterzone.dns.compare.question;

import io.clusterzone.dns.compare.ComparedQuestion;
import io.clusterzone.dns.compare.QueryReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/// The queries of a capture, at whatever port: each datagram, and each segment of TCP with whole
/// messages, that is a query and nothing else. Replies, updates, transfers and all other traffic
/// are passed over.
public final class Capture implements QuestionSource {
  private final CountedInput in;
  private final Queue<ComparedQuestion> found = new ArrayDeque<>();
  private @Nullable PacketSource packets;

  /// Reads nothing yet: a stream may take its time.
  public Capture(String file, InputStream octets) {
    in = new CountedInput(file, octets);
  }

  @Override
  public @Nullable ComparedQuestion next() throws IOException {
    PacketSource source = packets;
    if (source == null) {
      source = PacketSource.open(in);
      packets = source;
    }
    while (found.isEmpty()) {
      Packet packet = source.next();
      if (packet == null) {
        return null;
      }
      if (!Headers.isKnown(packet.linkType())) {
        throw in.fault(
            "packets of link type %d, which is none of Ethernet, Linux cooked, raw IP, loopback"
                .formatted(packet.linkType()));
      }
      Headers.Payload payload = Headers.payload(packet);
      if (payload != null) {
        take(payload);
      }
    }
    return found.poll();
  }

  private void take(Headers.Payload payload) {
    if (!payload.stream()) {
      add(payload.octets());
      return;
    }
    ByteBuffer stream = payload.octets();
    int at = 0;
    while (stream.limit() - at > 2) {
      int length = stream.getShort(at) & 0xffff;
      if (length > stream.limit() - at - 2) {
        return;
      }
      add(stream.slice(at + 2, length));
      at += 2 + length;
    }
  }

  private void add(ByteBuffer octets) {
    ComparedQuestion question = QueryReader.read(octets);
    if (question != null && question.isPlain()) {
      found.add(question);
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
