package io.clusterzone.dns.transport;

import io.clusterzone.dns.ops.Event;
import io.clusterzone.dns.ops.LoopCounters;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;

/// Receives the datagrams of one socket and hands them to the handler. Called by Netty on the
/// socket's event loop.
///
/// The query's memory is lent to the handler as it was received, the reply is written straight into
/// a pooled direct buffer. Allocations per datagram are Netty's: the packet with its addresses on
/// the way in, the packet on the way out. Replies go out together when the socket has been read.
final class UdpListener extends ChannelInboundHandlerAdapter {
  private final Edge edge;
  private final Outlets outlets;
  private final UdpReply reply;
  private final int mostPerTurn;
  private int thisTurn;

  UdpListener(Edge edge, Outlets outlets, Channel channel) {
    this.edge = edge;
    this.outlets = outlets;
    this.reply = UdpReply.reusable(edge, channel);
    this.mostPerTurn = Sockets.mostPerTurn(channel);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    DatagramPacket packet = (DatagramPacket) message;
    try {
      receive(context.channel(), packet);
    } finally {
      packet.release();
    }
  }

  private void receive(Channel channel, DatagramPacket packet) {
    thisTurn++;
    ByteBuf content = packet.content();
    int length = content.readableBytes();
    LoopCounters counters = edge.counters();
    counters.increment(Event.UDP_RECEIVED);
    counters.add(Event.UDP_RECEIVED_OCTETS, length);
    if (edge.gate().isWatching()) {
      edge.gate().received(packet.sender().getAddress().getAddress());
    }
    InetSocketAddress local = packet.recipient();
    Channel outlet = outlets.outletFor(channel, local);
    reply.open(outlet, packet.sender(), local);
    ByteBuffer memory = content.internalNioBuffer(content.readerIndex(), length);
    edge.handle(memory, memory.position(), length, reply);
    if (!outlet.equals(channel)) {
      outlet.flush();
    }
  }

  /// A turn that read its fill has not seen the end of the kernel's queue.
  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    if (thisTurn >= mostPerTurn) {
      edge.gate().pace().leftUnread();
    }
    thisTurn = 0;
    context.flush();
  }

  /// A failed send, or an ICMP error reported by the socket: the next datagram is none the worse.
  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    edge.counters().increment(Event.SOCKET_ERRORS);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof Drain drain) {
      if (drain.replaced()) {
        SharedPort.leave(context.channel());
      }
      closeWhenAnswered(context, drain);
    }
  }

  /// Reads through the grace period, so that the kernel's queue is answered, and closes once no
  /// answer is outstanding.
  private void closeWhenAnswered(ChannelHandlerContext context, Drain drain) {
    Runnable close =
        () -> {
          if (edge.unanswered() == 0) {
            var _ = context.close();
          } else {
            closeWhenAnswered(context, drain);
          }
        };
    var _ = context.executor().schedule(close, drain.graceMillis(), TimeUnit.MILLISECONDS);
  }
}
