package io.clusterzone.dns.compare.exchange;

import io.clusterzone.dns.compare.ComparedQuestion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Asks all servers each question at the same moment, in the same octets but for the id.
///
/// A query is sent again once when no reply has come in the time it has, and asked over TCP when
/// the reply is truncated (RFC 7766 section 5). The number under way is bounded by the caller's
/// look at [#inFlight]. A reply counts by its id and the address it comes from; whether it repeats
/// the question is left to the comparison. All methods are for one thread; callbacks run on it.
public final class Exchange implements AutoCloseable {
  /// The time before a query is sent again, and then before it is given up.
  public static final Duration PATIENCE = Duration.ofSeconds(2);

  private static final int MAX_REPLY = 0xffff;
  private static final int MAX_CONNECTIONS = 32;

  /// A reply over TCP, or the lack of one.
  private record Late(AskedServer server, Sent sent, @Nullable ByteBuffer reply) {}

  private final Selector selector;
  private final List<AskedServer> servers = new ArrayList<>();
  private final ByteBuffer room = ByteBuffer.allocateDirect(MAX_REPLY);
  private final Duration patience;
  private final ExecutorService connections = Executors.newVirtualThreadPerTaskExecutor();
  private final Semaphore free = new Semaphore(MAX_CONNECTIONS);
  private final Queue<Late> late = new ConcurrentLinkedQueue<>();
  private int inFlight;

  /// @param patience as [#PATIENCE]
  /// @throws IOException if there is no socket to be had, or no way to an address
  public Exchange(List<InetSocketAddress> addresses, Duration patience) throws IOException {
    this.patience = patience;
    selector = Selector.open();
    try {
      for (InetSocketAddress address : addresses) {
        servers.add(new AskedServer(address, servers.size(), selector, patience, this::askOverTcp));
      }
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  /// Questions that are under way.
  public int inFlight() {
    return inFlight;
  }

  /// Sends a question to all servers. `done` is called within [#turn] once each has replied, or its
  /// time is over.
  public void ask(ComparedQuestion question, Consumer<Exchanged> done) {
    inFlight++;
    var asked =
        new UnderWay(
            servers.size(),
            exchanged -> {
              inFlight--;
              done.accept(exchanged);
            });
    for (AskedServer server : servers) {
      server.send(asked, QuestionOctets.of(question, server.nextId()));
    }
  }

  private void askOverTcp(AskedServer server, Sent sent) {
    connections.execute(() -> {
      free.acquireUninterruptibly();
      ByteBuffer reply = null;
      try {
        reply = TcpExchange.ask(server.address, sent.octets(), patience);
      } catch (IOException _) {
        // No reply.
      } finally {
        free.release();
      }
      late.add(new Late(server, sent, reply));
      selector.wakeup();
    });
  }

  /// Waits for replies, for at most this time, and takes all that are there.
  public void turn(long waitNanos) {
    try {
      long millis = waitNanos / 1_000_000;
      if (millis > 0) {
        selector.select(millis);
      } else {
        selector.selectNow();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    selector.selectedKeys().clear();
    servers.forEach(server -> server.receive(room));
    for (Late reply = late.poll(); reply != null; reply = late.poll()) {
      reply.server().answered(reply.sent(), reply.reply());
    }
    long now = System.nanoTime();
    servers.forEach(server -> server.expire(now));
  }

  @Override
  public void close() throws IOException {
    connections.shutdownNow();
    for (AskedServer server : servers) {
      server.close();
    }
    selector.close();
  }
}
