package io.clusterzone.dns.forward;

import io.clusterzone.dns.loop.LoopChannels;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import io.netty.handler.ssl.SslContext;
import io.netty.util.collection.IntObjectHashMap;
import io.netty.util.collection.IntObjectMap;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One TCP or TLS connection to an upstream. Many queries wait on it at once (RFC 7766 section
/// 6.2.1.1, RFC 7858). Confined to its event loop.
///
/// Replies find their query by the id, which is unique among those that wait. A reply that fits
/// none is counted and passed over.
final class StreamConnection extends SimpleChannelInboundHandler<ByteBuf> {
  /// Queries that may wait on one connection.
  static final int MAX_WAITING = 256;

  private static final int CONNECT_TIMEOUT_MILLIS = 2000;

  private record Waiting(
      OutgoingQuery query, long askedNanos, Attempt.Listener listener, Future<?> timeout) {}

  private final StreamPool pool;
  private final long openedNanos;
  private final IntObjectMap<Waiting> waiting = new IntObjectHashMap<>();
  private @Nullable Channel channel;
  private boolean connected;
  private boolean closed;
  private boolean silent;
  private long lastUsedNanos;
  private long heardNanos;

  private StreamConnection(StreamPool pool, long nowNanos) {
    this.pool = pool;
    openedNanos = nowNanos;
    lastUsedNanos = nowNanos;
    heardNanos = nowNanos;
  }

  static StreamConnection open(StreamPool pool, LoopChannels channels, long nowNanos) {
    var connection = new StreamConnection(pool, nowNanos);
    var bootstrap =
        new Bootstrap()
            .group(channels.loop())
            .channelFactory(channels.tcp())
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_TIMEOUT_MILLIS)
            .option(ChannelOption.TCP_NODELAY, true)
            .handler(connection.pipeline(pool.tls(), pool.serverName(), pool.address()))
            .localAddress(channels.source());
    Channels.whenDone(channels.loop(), bootstrap.connect(pool.address()), connection::connected);
    return connection;
  }

  private ChannelInitializer<Channel> pipeline(
      @Nullable SslContext tls, String serverName, InetSocketAddress address) {
    StreamConnection self = this;
    return new ChannelInitializer<>() {
      @Override
      protected void initChannel(Channel opened) {
        if (tls != null) {
          String name = serverName.isEmpty() ? address.getHostString() : serverName;
          opened.pipeline().addLast(tls.newHandler(opened.alloc(), name, address.getPort()));
        }
        opened.pipeline().addLast(new LengthFieldBasedFrameDecoder(65535 + 2, 0, 2, 0, 2), self);
      }
    };
  }

  boolean canTake(int id) {
    return !closed && !silent && waiting.size() < MAX_WAITING && !waiting.containsKey(id);
  }

  boolean isIdle() {
    return waiting.isEmpty();
  }

  long openedNanos() {
    return openedNanos;
  }

  long lastUsedNanos() {
    return lastUsedNanos;
  }

  /// Sends the query as soon as the connection stands.
  void ask(OutgoingQuery query, long timeoutMillis, long nowNanos, Attempt.Listener listener) {
    int id = query.id();
    Future<?> timeout =
        pool.loop().schedule(() -> timedOut(id), timeoutMillis, TimeUnit.MILLISECONDS);
    waiting.put(id, new Waiting(query, nowNanos, listener, timeout));
    lastUsedNanos = nowNanos;
    if (connected) {
      send(query);
    }
  }

  private void connected(Future<?> done) {
    if (!done.isSuccess()) {
      fail(UdpAttempt.reason(done.cause()));
      return;
    }
    connected = true;
    for (Waiting one : List.copyOf(waiting.values())) {
      send(one.query());
    }
  }

  private void send(OutgoingQuery query) {
    Channel open = channel;
    if (open == null || closed) {
      return;
    }
    byte[] message = query.message();
    ByteBuf framed = Unpooled.buffer(message.length + 2);
    framed.writeShort(message.length).writeBytes(message);
    Channels.send(open, framed, cause -> fail(UdpAttempt.reason(cause)));
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    channel = context.channel();
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, ByteBuf frame) {
    heardNanos = System.nanoTime();
    byte[] received = UdpAttempt.bytes(frame);
    int id = received.length < 2 ? -1 : (received[0] & 0xff) << 8 | (received[1] & 0xff);
    Waiting one = waiting.get(id);
    // Nobody off the path speaks here, so a server may spell the name as it likes.
    if (one == null || one.query().match(received) == OutgoingQuery.Match.NO) {
      pool.mismatched();
      return;
    }
    end(id, new Attempt.Received(received));
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    fail("the upstream closed the connection");
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    fail(UdpAttempt.reason(cause));
  }

  /// A connection on which nothing came for a whole timeout may be half open: it takes no more, so
  /// that what is written to it does not pile up, and is closed when nothing waits on it.
  private void timedOut(int id) {
    Waiting one = waiting.get(id);
    silent |= one != null && heardNanos - one.askedNanos() <= 0;
    end(id, new Attempt.TimedOut());
    if (waiting.isEmpty()) {
      close();
    }
  }

  private void end(int id, Attempt result) {
    Waiting one = waiting.remove(id);
    if (one != null) {
      one.timeout().cancel(false);
      one.listener().ended(result);
    }
  }

  private void fail(String reason) {
    close();
    for (int id : List.copyOf(waiting.keySet())) {
      end(id, new Attempt.Unreachable(reason));
    }
  }

  void close() {
    if (!closed) {
      closed = true;
      pool.closed(this);
      if (channel != null) {
        Channels.close(channel);
      }
    }
  }
}
