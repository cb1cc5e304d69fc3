package io.clusterzone.dns.transport.flood;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// The kernel's queue of one UDP socket, and the filter in front of it. Safe on any thread, except
/// where said.
public final class KernelQueue {
  private static final int SO_MEMINFO = 55;
  private static final int MEMORY_INFO_OCTETS = 9 * Integer.BYTES;

  private static final int QUEUED_OCTETS = 0;
  private static final int DROPPED = 8 * Integer.BYTES;

  private final KernelQueues all;
  private final KernelSocket socket;
  private volatile boolean closed;
  private boolean filtered;
  private int droppedBefore;
  private long dropped;

  KernelQueue(KernelQueues all, KernelSocket socket) {
    this.all = all;
    this.socket = socket;
  }

  /// The socket is about to be closed.
  public void close() {
    dropped();
    closed = true;
    all.remove(this);
  }

  /// Datagrams dropped so far, for want of room or by a filter. The kernel counts them together, in
  /// 32 bits, and begins again at 0.
  synchronized long dropped() {
    ByteBuffer now = read();
    if (now != null) {
      int droppedNow = now.getInt(DROPPED);
      long more = Integer.toUnsignedLong(droppedNow - droppedBefore);
      LongAdder account = filtered ? all.limited() : all.full();
      account.add(more);
      dropped += more;
      droppedBefore = droppedNow;
    }
    return dropped;
  }

  long queuedOctets() {
    ByteBuffer now = read();
    return now == null ? 0 : Integer.toUnsignedLong(now.getInt(QUEUED_OCTETS));
  }

  boolean isClosed() {
    return closed;
  }

  /// Lets a filter drop datagrams before they are queued, in place of the one before; where the
  /// kernel does not take it, everything is queued. On the loop.
  synchronized void filter(SocketFilter filter) {
    dropped();
    filtered = filter.attach(socket) || (filtered && attachAlone(filter));
  }

  /// Until it is attached, the kernel counts the one before as well, which may be too much for a
  /// socket.
  private boolean attachAlone(SocketFilter filter) {
    SocketFilter.detach(socket);
    return filter.attach(socket);
  }

  /// Lets everything be queued. On the loop.
  synchronized void removeFilter() {
    dropped();
    if (filtered) {
      SocketFilter.detach(socket);
      filtered = false;
    }
  }

  /// The kernel's account of the socket's memory; null where it gives none.
  private @Nullable ByteBuffer read() {
    ByteBuffer now = socket.option(SO_MEMINFO, MEMORY_INFO_OCTETS);
    return socket.isOpen() ? now : null;
  }
}
