package io.clusterzone.dns.transport.flood;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/// The kernel's queues of the UDP sockets. They are where queries wait when there are more than can
/// be answered, and the rest is dropped there. Safe on any thread.
///
/// Linux shows a socket's queue by the option SO_MEMINFO (since 4.12); elsewhere nothing is known.
public final class KernelQueues {
  private final Set<KernelQueue> open = ConcurrentHashMap.newKeySet();
  private final LongAdder full = new LongAdder();
  private final LongAdder limited = new LongAdder();

  /// Watches the queue of a socket until it is closed.
  public KernelQueue add(KernelSocket socket) {
    KernelQueue queue = new KernelQueue(this, socket);
    open.add(queue);
    return queue;
  }

  void remove(KernelQueue queue) {
    open.remove(queue);
  }

  /// The count of a queue's drops while only its length limited it.
  LongAdder full() {
    return full;
  }

  /// The count of a queue's drops while a filter limited its clients.
  LongAdder limited() {
    return limited;
  }

  /// Datagrams dropped because a queue was full, by sockets that have gone as well.
  public long droppedFull() {
    open.forEach(KernelQueue::dropped);
    return full.sum();
  }

  /// Datagrams dropped while clients were limited, by sockets that have gone as well.
  public long droppedLimited() {
    open.forEach(KernelQueue::dropped);
    return limited.sum();
  }

  /// Octets of memory in use by the queues now; each datagram takes more than its length.
  public long queuedOctets() {
    return open.stream().mapToLong(KernelQueue::queuedOctets).sum();
  }
}
