package io.clusterzone.dns.forward;

import io.clusterzone.dns.loop.LoopChannels;
import io.clusterzone.dns.ops.UpstreamCounters;
import io.clusterzone.zones.wire.Header;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Asks an upstream over UDP, from a socket of its own: each query has a source port that the
/// kernel drew (RFC 5452 section 9.2). The socket is connected, so that the kernel passes on
/// nothing from another address. A reply longer than announced counts as cut.
///
/// Messages that do not answer the query are counted and waited past, until the time is over.
/// Confined to its event loop.
final class UdpAttempt extends SimpleChannelInboundHandler<DatagramPacket> {
  private final OutgoingQuery query;
  private final UpstreamCounters counters;
  private final Attempt.Listener listener;
  private @Nullable Channel channel;
  private @Nullable Future<?> timeout;
  private boolean ended;

  private UdpAttempt(OutgoingQuery query, UpstreamCounters counters, Attempt.Listener listener) {
    this.query = query;
    this.counters = counters;
    this.listener = listener;
  }

  static void start(
      LoopChannels channels,
      InetSocketAddress upstream,
      OutgoingQuery query,
      long timeoutMillis,
      UpstreamCounters counters,
      Attempt.Listener listener) {
    var attempt = new UdpAttempt(query, counters, listener);
    attempt.timeout =
        channels
            .loop()
            .schedule(
                () -> attempt.end(new Attempt.TimedOut()), timeoutMillis, TimeUnit.MILLISECONDS);
    var bootstrap =
        new Bootstrap()
            .group(channels.loop())
            .channelFactory(channels.udp())
            .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(4096))
            .handler(attempt)
            .localAddress(channels.source());
    Channels.whenDone(channels.loop(), bootstrap.connect(upstream), attempt::connected);
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    channel = context.channel();
  }

  private void connected(Future<?> connected) {
    Channel open = channel;
    if (!connected.isSuccess() || open == null) {
      end(new Attempt.Unreachable(reason(connected.cause())));
    } else if (ended) {
      Channels.close(open);
    } else {
      Channels.send(
          open,
          Unpooled.wrappedBuffer(query.message()),
          cause -> end(new Attempt.Unreachable(reason(cause))));
    }
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
    byte[] received = announced(packet.content());
    switch (query.match(received)) {
      case YES -> end(new Attempt.Received(received));
      case OTHER_SPELLING -> {
        counters.mismatched();
        end(new Attempt.OtherSpelling());
      }
      case NO -> counters.mismatched();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    end(new Attempt.Unreachable(reason(cause)));
  }

  private void end(Attempt result) {
    if (ended) {
      return;
    }
    ended = true;
    if (timeout != null) {
      timeout.cancel(false);
    }
    if (channel != null) {
      Channels.close(channel);
    }
    listener.ended(result);
  }

  /// The datagram, or with TC as much of it as was announced: it may have come in fragments, of
  /// which only the first has what an attacker must guess (RFC 9715 section 1).
  private byte[] announced(ByteBuf content) {
    int size = query.udpSize();
    if (content.readableBytes() <= size) {
      return bytes(content);
    }
    byte[] part = ByteBufUtil.getBytes(content, content.readerIndex(), size);
    part[Header.FLAGS] = (byte) (part[Header.FLAGS] | (Header.TC >> Byte.SIZE));
    return part;
  }

  static byte[] bytes(ByteBuf content) {
    return ByteBufUtil.getBytes(content);
  }

  static String reason(@Nullable Throwable cause) {
    if (cause == null) {
      return "closed";
    }
    String message = cause.getMessage();
    return message == null ? cause.getClass().getSimpleName() : message;
  }
}
