package io.clusterzone.dns.transport.flood;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.dns.transport.CountingSocket;
import java.net.InetAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A filter in front of a real queue: put on, replaced, and taken off again.
final class KernelQueueTest {
  private static final String CLIENT = "127.0.0.9";
  private static final int SENT = 10;

  private final CountingSocket socket = new CountingSocket(InetAddress.getLoopbackAddress());
  private final KernelQueues queues = new KernelQueues();
  private final KernelQueue queue = queues.add(socket.kernel());

  @AfterEach
  void close() {
    socket.close();
  }

  /// Lets nothing of the client through, as the last of as many as a filter may name.
  private static SocketFilter largest() throws Exception {
    int client = SocketFilter.client(InetAddress.getByName(CLIENT).getAddress());
    var filter = new SocketFilter();
    filter.begin();
    for (int i = SocketFilter.MOST_CLIENTS - 1; i >= 0; i--) {
      filter.add(client + i, 0);
    }
    filter.end(1);
    return filter;
  }

  private int receivedOfMore() throws Exception {
    int before = socket.received();
    socket.send(CLIENT, SENT);
    return socket.received() - before;
  }

  @Test
  void theLargestFilterMayFollowItself() throws Exception {
    queue.filter(largest());
    queue.filter(largest());
    assertThat(receivedOfMore()).isZero();
    assertThat(queues.droppedLimited()).isEqualTo(SENT);

    queue.removeFilter();
    assertThat(receivedOfMore()).isEqualTo(SENT);
    assertThat(queues.droppedFull()).isZero();
  }

  /// A program without instructions is one that no kernel takes.
  @Test
  void aFilterThatIsNotTakenLeavesNoOlderOne() throws Exception {
    queue.filter(largest());
    assertThat(receivedOfMore()).isZero();

    var none = new SocketFilter();
    queue.filter(none);
    assertThat(receivedOfMore()).isEqualTo(SENT);
    assertThat(queues.droppedFull()).isZero();

    queue.filter(largest());
    assertThat(receivedOfMore()).isZero();
  }
}
