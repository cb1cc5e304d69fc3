package io.clusterzone.dns.compare;

import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.record.RRType;
import io.clusterzone.zones.wire.DnsClass;
import io.clusterzone.zones.wire.Edns;
import io.clusterzone.zones.wire.Header;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes an [Answer] of the octets of a reply. Whatever they are, nothing is thrown; the work is
/// bounded by 128 times their number, since each name may point to a long one.
public final class AnswerReader {
  /// Octets of RDATA with its names uncompressed: the longest message, and two names.
  private static final int MAX_RDATA = 0xffff + 2 * Name.MAX_LENGTH;

  private static final int NO_FLAGS = Header.QR | Header.OPCODE | 0xf;

  private final MessageCursor message;
  private @Nullable SeenEdns edns;
  private int upperRcode;

  private AnswerReader(ByteBuffer octets) {
    message = new MessageCursor(octets);
  }

  /// Reads a message that stands between position and limit of a buffer, which stays as it is.
  public static Answer read(ByteBuffer octets) {
    return new AnswerReader(octets.slice()).read();
  }

  private Answer read() {
    message.skip(Header.FLAGS);
    int flags = message.u16();
    int questions = message.u16();
    int[] counts = {message.u16(), message.u16(), message.u16()};
    if (!message.failed() && (flags & Header.QR) == 0) {
      message.fail("not a reply, QR is clear");
    }
    String question = questions(questions);
    List<SeenRecord> answer = section(counts[0], false);
    List<SeenRecord> authority = section(counts[1], false);
    List<SeenRecord> additional = section(counts[2], true);
    if (message.left() > 0) {
      message.fail(message.left() + " octets behind the last record");
    }
    if (message.failed()) {
      return new Answer.Malformed(message.fault());
    }
    int opcode = (flags & Header.OPCODE) >>> 11;
    int rcode = (upperRcode << 4) | (flags & 0xf);
    return new Answer.Message(
        opcode, question, rcode, flags & ~NO_FLAGS, answer, authority, additional, edns);
  }

  private String questions(int count) {
    var text = new StringBuilder();
    for (int i = 0; i < count && !message.failed(); i++) {
      Name name = message.name();
      int type = message.u16();
      int recordClass = message.u16();
      text.append(i == 0 ? "" : ", ").append(name).append(' ').append(TypeText.of(type));
      text.append(recordClass == DnsClass.IN ? "" : " " + TypeText.ofClass(recordClass));
    }
    return text.toString();
  }

  private List<SeenRecord> section(int count, boolean additional) {
    List<SeenRecord> records = new ArrayList<>();
    for (int i = 0; i < count && !message.failed(); i++) {
      Name owner = message.name();
      int type = message.u16();
      if (type == RRType.OPT) {
        opt(owner, additional);
      } else {
        int recordClass = message.u16();
        long ttlSeconds = message.u32();
        ByteBuffer rdata = rdata(RdataLayout.of(type, recordClass));
        records.add(
            new SeenRecord(new SeenRecord.Data(owner, type, recordClass, rdata), ttlSeconds));
      }
    }
    return records;
  }

  private void opt(Name owner, boolean additional) {
    if (!additional || edns != null || !owner.isRoot()) {
      message.fail("an OPT record that is not the only one of the additional section");
    }
    int size = message.u16();
    upperRcode = message.u8();
    int version = message.u8();
    int flags = message.u16();
    int length = message.u16();
    int end = message.at() + length;
    List<Integer> options = new ArrayList<>();
    while (message.at() < end && !message.failed()) {
      int code = message.u16();
      message.skip(message.u16());
      if (code != Edns.NSID && code != Edns.EXTENDED_ERROR) {
        options.add(code);
      }
    }
    if (message.at() != end) {
      message.fail("an option that is longer than its OPT record");
    }
    edns = new SeenEdns(version, flags, size, options);
  }

  private ByteBuffer rdata(int[] layout) {
    int length = message.u16();
    if (message.left() < length) {
      message.fail("RDATA that is longer than the message");
      return ByteBuffer.allocate(0);
    }
    int end = message.at() + length;
    ByteBuffer out = ByteBuffer.allocate(Math.min(MAX_RDATA, length + 2 * Name.MAX_LENGTH));
    for (int part : layout) {
      part(part, end, out);
    }
    if (message.at() != end) {
      message.fail("RDATA of another length than its type has");
    }
    return out.flip();
  }

  private void part(int part, int end, ByteBuffer out) {
    switch (part) {
      case RdataLayout.NAME -> out.put(message.name().toFoldedWire());
      case RdataLayout.STRING -> string(end, out);
      case RdataLayout.STRINGS -> {
        do {
          string(end, out);
        } while (message.at() < end && !message.failed());
      }
      default -> octets(part == RdataLayout.REST ? end - message.at() : part, end, out);
    }
  }

  private void string(int end, ByteBuffer out) {
    if (message.at() >= end) {
      message.fail("a character string is missing");
      return;
    }
    int length = message.u8();
    out.put((byte) length);
    octets(length, end, out);
  }

  private void octets(int count, int end, ByteBuffer out) {
    if (count < 0 || count > end - message.at()) {
      message.fail("RDATA of another length than its type has");
    } else {
      message.copy(count, out);
    }
  }
}
