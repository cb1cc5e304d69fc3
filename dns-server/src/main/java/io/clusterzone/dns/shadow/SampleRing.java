package io.clusterzone.dns.shadow;

import io.clusterzone.dns.compare.ComparedQuestion;
import io.clusterzone.zones.answer.Reply;
import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.wire.DnsClass;
import io.clusterzone.zones.wire.Edns;
import io.clusterzone.zones.wire.Header;
import io.clusterzone.zones.wire.QueryView;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Queries and their replies on the way from one event loop to the thread "shadow": a ring of a
/// fixed size, with one thread that writes and one that reads. Neither waits, and writing allocates
/// nothing.
///
/// A sample is written in one piece, its length before it; where it would not fit before the end of
/// the memory, a length of [#WRAP] sends the reader to the begin. Both positions only grow.
///
/// ```
///   LENGTH:4  NANOS:8  FLAGS:2  TYPE:2  NAME-LENGTH:2  REPLY-LENGTH:2  NAME  REPLY
/// ```
final class SampleRing {
  /// Octets of the memory, a power of two: a thousand samples of the usual length.
  static final int OCTETS = 1 << 18;

  /// Octets of the longest reply that is taken.
  static final int MAX_REPLY_OCTETS = 4096;

  private static final int EDNS = 1;
  private static final int DNSSEC_OK = 2;
  private static final int FLAGS = Header.RD | Header.CD;

  private static final int HEAD_OCTETS = 20;
  private static final int ALIGNMENT = 8;
  private static final int WRAP = -1;

  private static final VarHandle WRITTEN;
  private static final VarHandle TAKEN;

  static {
    try {
      var lookup = MethodHandles.lookup();
      WRITTEN = lookup.findVarHandle(SampleRing.class, "written", long.class);
      TAKEN = lookup.findVarHandle(SampleRing.class, "taken", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final ByteBuffer memory = ByteBuffer.allocateDirect(OCTETS);

  /// Octets ever written; changed by the event loop alone.
  private long written;

  /// Octets ever taken out; changed by the thread "shadow" alone.
  private long taken;

  /// Copies a query and its reply. False if there is no room now. On the event loop.
  boolean offer(long nanos, QueryView query, Reply reply) {
    int length = HEAD_OCTETS + query.nameLength() + reply.length();
    int octets = (length + ALIGNMENT - 1) & -ALIGNMENT;
    long position = written;
    int at = (int) position & (OCTETS - 1);
    int skipped = at + octets > OCTETS ? OCTETS - at : 0;
    if (position + skipped + octets - (long) TAKEN.getAcquire(this) > OCTETS) {
      return false;
    }
    if (skipped > 0) {
      memory.putInt(at, WRAP);
      at = 0;
    }
    write(at, octets, nanos, query, reply);
    WRITTEN.setRelease(this, position + skipped + octets);
    return true;
  }

  private void write(int at, int octets, long nanos, QueryView query, Reply reply) {
    memory.putInt(at, octets);
    memory.putLong(at + 4, nanos);
    memory.putShort(at + 12, (short) flags(query));
    memory.putShort(at + 14, (short) query.type());
    memory.putShort(at + 16, (short) query.nameLength());
    memory.putShort(at + 18, (short) reply.length());
    int name = at + HEAD_OCTETS;
    memory.put(name, query.name(), 0, query.nameLength());
    memory.put(name + query.nameLength(), reply.memory(), reply.offset(), reply.length());
  }

  /// RD and CD as they stand in a header, with two bits that are none of a query's flags.
  private static int flags(QueryView query) {
    return (query.flags() & FLAGS) | (query.edns() ? EDNS : 0) | (query.dnssecOk() ? DNSSEC_OK : 0);
  }

  /// Whether nothing is to be taken out. On the thread "shadow", as all below.
  boolean isEmpty() {
    return taken == (long) WRITTEN.getAcquire(this);
  }

  /// Takes out the oldest sample, or null if there is none.
  @Nullable Sample poll() {
    if (isEmpty()) {
      return null;
    }
    Sample sample = read(oldest());
    skip();
    return sample;
  }

  /// Takes out the oldest sample unread. There is one.
  void skip() {
    int at = oldest();
    long position = taken + memory.getInt(at);
    boolean wraps = at == 0 && (taken & (OCTETS - 1)) != 0;
    TAKEN.setRelease(this, wraps ? position + OCTETS - (taken & (OCTETS - 1)) : position);
  }

  private int oldest() {
    int at = (int) taken & (OCTETS - 1);
    return memory.getInt(at) == WRAP ? 0 : at;
  }

  private Sample read(int at) {
    int flags = u16(at + 12);
    byte[] name = new byte[u16(at + 16)];
    byte[] reply = new byte[u16(at + 18)];
    memory.get(at + HEAD_OCTETS, name);
    memory.get(at + HEAD_OCTETS + name.length, reply);
    var question =
        new ComparedQuestion(
            Name.ofWire(name, 0),
            u16(at + 14),
            DnsClass.IN,
            0,
            flags & FLAGS,
            (flags & EDNS) == 0 ? 0 : ComparedQuestion.USUAL_SIZE,
            (flags & DNSSEC_OK) == 0 ? 0 : Edns.DO);
    return new Sample(question, reply, memory.getLong(at + 4));
  }

  private int u16(int at) {
    return memory.getShort(at) & 0xffff;
  }
}
