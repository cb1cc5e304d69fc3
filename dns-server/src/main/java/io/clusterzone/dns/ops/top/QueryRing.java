package io.clusterzone.dns.ops.top;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Queries on their way from one event loop to the thread "top": a ring of fixed slots, with one
/// writer, which never waits and allocates nothing, and one reader.
///
/// The fuller the ring, the fewer queries get into it. Each has a weight, the number of queries
/// that it stands for: the gap to the one before is drawn evenly from 1 to 2w-1, so w on average,
/// whatever the order in which clients ask (every second one may be for AAAA). With a reader that
/// comes five times a second some 640 queries a second are all there, 100,000 have about 2,000
/// places. A slow query that would be left out gets in without a weight, to be seen.
///
/// ```
/// 0        8       12    14      15      16           32      33
/// | nanos  | weight| type| rcode | octets| client     | length| name
/// ```
public final class QueryRing {
  /// Takes nothing, whoever offers it.
  public static final QueryRing CLOSED = new QueryRing();

  static final int SLOTS = 512;
  private static final int SLOT_OCTETS = 288;
  private static final int WEIGHT = 8;
  private static final int TYPE = 12;
  private static final int RCODE = 14;
  private static final int CLIENT_LENGTH = 15;
  private static final int CLIENT = 16;
  private static final int MOST_CLIENT = 16;
  private static final int NAME_LENGTH = 32;
  private static final int NAME = 33;

  /// Weights by how full the ring is, in quarters.
  private static final int[] WEIGHTS = {1, 8, 64, 512};

  private static final int QUARTER = SLOTS / WEIGHTS.length;

  /// A query that took as long is shown in any case, as far as there is room.
  static final long SLOW_NANOS = 10_000_000;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.nativeOrder());
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.nativeOrder());
  private static final VarHandle HEAD;
  private static final VarHandle TAIL;
  private static final VarHandle DROPPED;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      HEAD = lookup.findVarHandle(QueryRing.class, "head", long.class);
      TAIL = lookup.findVarHandle(QueryRing.class, "tail", long.class);
      DROPPED = lookup.findVarHandle(QueryRing.class, "dropped", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /// Takes what is read.
  @FunctionalInterface
  interface Reader {
    /// The query at a slot, until it returns.
    void read(QueryRing ring, int slot);
  }

  private final byte[] slots = new byte[SLOTS * SLOT_OCTETS];
  private volatile boolean open;

  /// Of the writer: the next slot, the gap to the next query and its weight.
  private long head;

  private long tailSeen;
  private int gap = 1;
  private int weight = 1;
  private int random = 0x2545_f491;
  private long dropped;

  /// Of the reader.
  private long tail;

  /// Whether queries are taken from now on. From any thread.
  void open(boolean next) {
    open = next;
  }

  /// Whether [#put] is to be called for a query that has been answered. On the event loop.
  ///
  /// @param nanos that the query took
  public boolean wants(long nanos) {
    return open && (--gap <= 0 || nanos >= SLOW_NANOS);
  }

  /// Takes a query that is wanted, if there is room. On the event loop.
  ///
  /// @param name folded, in wire form
  /// @param client 4 or 16 octets
  public void put(byte[] name, int nameLength, int type, int rcode, byte[] client, long nanos) {
    boolean chosen = gap <= 0;
    int fill = (int) (head - tailSeen);
    if (fill >= QUARTER) {
      tailSeen = (long) TAIL.getAcquire(this);
      fill = (int) (head - tailSeen);
    }
    if (fill < (chosen ? SLOTS : SLOTS - QUARTER)) {
      int slot = (int) (head & SLOTS - 1) * SLOT_OCTETS;
      LONG.set(slots, slot, nanos);
      INT.set(slots, slot + WEIGHT, chosen ? weight : 0);
      SHORT.set(slots, slot + TYPE, (short) type);
      slots[slot + RCODE] = (byte) rcode;
      int clientLength = Math.min(client.length, MOST_CLIENT);
      slots[slot + CLIENT_LENGTH] = (byte) clientLength;
      System.arraycopy(client, 0, slots, slot + CLIENT, clientLength);
      slots[slot + NAME_LENGTH] = (byte) nameLength;
      System.arraycopy(name, 0, slots, slot + NAME, nameLength);
      HEAD.setRelease(this, head + 1);
    } else {
      DROPPED.setOpaque(this, dropped + 1);
    }
    if (chosen) {
      weight = WEIGHTS[Math.min(fill / QUARTER, WEIGHTS.length - 1)];
      gap = weight == 1 ? 1 : 1 + Math.floorMod(nextRandom(), 2 * weight - 1);
    }
  }

  /// Marsaglia's xorshift: nothing to guard here.
  private int nextRandom() {
    random ^= random << 13;
    random ^= random >>> 17;
    random ^= random << 5;
    return random;
  }

  /// Reads what is there, and makes room. By one thread at a time.
  ///
  /// @return the number of queries read
  int drain(Reader reader) {
    long end = (long) HEAD.getAcquire(this);
    int count = (int) (end - tail);
    for (long at = tail; at < end; at++) {
      reader.read(this, (int) (at & SLOTS - 1) * SLOT_OCTETS);
    }
    TAIL.setRelease(this, end);
    return count;
  }

  /// Queries that found no room so far. From any thread.
  long dropped() {
    return (long) DROPPED.getOpaque(this);
  }

  /// Queries that were taken so far. From any thread.
  long taken() {
    return (long) HEAD.getOpaque(this);
  }

  long nanos(int slot) {
    return (long) LONG.get(slots, slot);
  }

  int weight(int slot) {
    return (int) INT.get(slots, slot + WEIGHT);
  }

  int type(int slot) {
    return (short) SHORT.get(slots, slot + TYPE) & 0xffff;
  }

  int rcode(int slot) {
    return slots[slot + RCODE];
  }

  /// The memory that [#name] and [#client] are offsets into.
  byte[] memory() {
    return slots;
  }

  int name(int slot) {
    return slot + NAME;
  }

  int nameLength(int slot) {
    return slots[slot + NAME_LENGTH] & 0xff;
  }

  int client(int slot) {
    return slot + CLIENT;
  }

  int clientLength(int slot) {
    return slots[slot + CLIENT_LENGTH];
  }
}
