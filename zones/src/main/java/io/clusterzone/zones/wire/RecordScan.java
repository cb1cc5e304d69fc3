package io.clusterzone.zones.wire;

import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.record.RRType;
import java.nio.ByteBuffer;

/// Walks the records behind the question of a query. The OPT record is all that matters to us; any
/// other (TSIG, SIG(0), the SOA of an IXFR) must be whole, and is passed over.
///
/// Part of [QueryView]; same thread. Compression pointers are never followed, so the work is
/// bounded by the length of the message.
final class RecordScan {
  /// Octets of a record between its owner and its RDATA.
  private static final int FIXED_LENGTH = 10;

  private static final int POINTER = 0xc0;

  private ByteBuffer buffer = ByteBuffer.allocate(0);
  private int start;
  private int end;
  private int at;

  private boolean edns;
  private int udpSize;
  private int ednsVersion;
  private boolean dnssecOk;
  private boolean nsidAsked;
  private boolean repeated;

  void clear() {
    edns = false;
    udpSize = 0;
    ednsVersion = 0;
    dnssecOk = false;
    nsidAsked = false;
    repeated = false;
  }

  /// Reads `before` records of the answer and authority sections, then those of the additional
  /// section. `from` is where they begin in a message that stands in `buffer[start, end)`.
  boolean read(ByteBuffer buffer, int start, int from, int end, int before, int additional) {
    this.buffer = buffer;
    this.start = start;
    this.end = end;
    at = from;
    for (int i = 0; i < before + additional; i++) {
      if (!readRecord(i >= before)) {
        return false;
      }
    }
    return true;
  }

  private boolean readRecord(boolean additional) {
    boolean rootOwner = at < end && buffer.get(at) == 0;
    if (!skipName() || end - at < FIXED_LENGTH) {
      return false;
    }
    int fixed = at;
    int dataLength = u16(fixed + 8);
    at += FIXED_LENGTH;
    if (end - at < dataLength) {
      return false;
    }
    if (u16(fixed) == RRType.OPT) {
      if (!additional || !rootOwner || edns) {
        return false;
      }
      readOpt(fixed);
      if (ednsVersion == 0 && !readOptions(at, at + dataLength)) {
        return false;
      }
    }
    at += dataLength;
    return true;
  }

  private boolean skipName() {
    int begin = at;
    while (at < end) {
      int label = buffer.get(at) & 0xff;
      if (label == 0) {
        at++;
        return at - begin <= Name.MAX_LENGTH;
      }
      if (label >= POINTER) {
        return skipPointer(begin);
      }
      if (label > Name.MAX_LABEL_LENGTH) {
        return false;
      }
      at += label + 1;
    }
    return false;
  }

  /// A pointer goes to a prior name (RFC 1035 section 4.1.4), so behind the header and before this
  /// one.
  private boolean skipPointer(int begin) {
    if (end - at < 2) {
      return false;
    }
    int target = start + (u16(at) & 0x3fff);
    at += 2;
    return target >= start + Header.LENGTH && target < begin && at - begin <= Name.MAX_LENGTH;
  }

  private void readOpt(int fixed) {
    edns = true;
    udpSize = u16(fixed + 2);
    ednsVersion = buffer.get(fixed + 5) & 0xff;
    dnssecOk = (u16(fixed + 6) & Edns.DO) != 0;
  }

  /// Unknown options are ignored (RFC 6891 section 6.1.2).
  private boolean readOptions(int from, int to) {
    int option = from;
    while (to - option >= Edns.OPTION_HEADER_LENGTH) {
      int code = u16(option);
      if (code == Edns.NSID) {
        nsidAsked = true;
      } else if (code == Edns.REPEATED) {
        repeated = true;
      }
      option += Edns.OPTION_HEADER_LENGTH + u16(option + 2);
    }
    return option == to;
  }

  boolean edns() {
    return edns;
  }

  int udpSize() {
    return udpSize;
  }

  int ednsVersion() {
    return ednsVersion;
  }

  boolean dnssecOk() {
    return dnssecOk;
  }

  boolean nsidAsked() {
    return nsidAsked;
  }

  boolean repeated() {
    return repeated;
  }

  private int u16(int index) {
    return buffer.getShort(index) & 0xffff;
  }
}
