package io.clusterzone.dns.explain;

import io.clusterzone.dns.ops.Mnemonics;
import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.record.RRType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.DClass;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;

/// Queries as a Pod's resolver sends them, and the records of replies as text. Any thread.
final class Messages {
  /// The UDP size that resolvers ask for (RFC 9715).
  private static final int UDP_SIZE = 1232;

  private Messages() {}

  /// One record.
  record Row(String name, String type, long ttlSeconds, String data) {
    /// Whether it answers a question for the type itself.
    boolean answers(int asked) {
      return asked == RRType.ANY || type.equals(Mnemonics.type(asked));
    }
  }

  /// @param code INFO-CODE (RFC 8914)
  record Reason(int code, String text) {}

  static byte[] query(Name name, int type) {
    try {
      var message = new Message(0);
      message.getHeader().setFlag(Flags.RD);
      var asked = new org.xbill.DNS.Name(name.toWire());
      message.addRecord(Record.newRecord(asked, type, DClass.IN), Section.QUESTION);
      message.addRecord(new OPTRecord(UDP_SIZE, 0, 0), Section.ADDITIONAL);
      return message.toWire();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<Row> answers(byte[] message) {
    return rows(message, Section.ANSWER);
  }

  static List<Row> authority(byte[] message) {
    return rows(message, Section.AUTHORITY);
  }

  static List<Row> additional(byte[] message) {
    return rows(message, Section.ADDITIONAL);
  }

  private static List<Row> rows(byte[] message, int section) {
    return parse(message).getSection(section).stream()
        .filter(record -> record.getType() != RRType.OPT)
        .map(record ->
            new Row(
                record.getName().toString(),
                Mnemonics.type(record.getType()),
                record.getTTL(),
                record.rdataToString()))
        .toList();
  }

  /// The extended error of a reply; null if it has none.
  static @Nullable Reason error(byte[] message) {
    OPTRecord opt = parse(message).getOPT();
    if (opt != null) {
      for (EDNSOption option : opt.getOptions(EDNSOption.Code.EDNS_EXTENDED_ERROR)) {
        var error = (ExtendedErrorCodeOption) option;
        return new Reason(error.getErrorCode(), error.getText() == null ? "" : error.getText());
      }
    }
    return null;
  }

  private static Message parse(byte[] message) {
    try {
      return new Message(message);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
