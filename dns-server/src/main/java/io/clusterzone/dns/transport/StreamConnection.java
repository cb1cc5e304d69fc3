package io.clusterzone.dns.transport;

import io.clusterzone.dns.ops.Event;
import io.clusterzone.dns.ops.LoopCounters;
import io.clusterzone.dns.transport.flood.FloodGate;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/// One TCP connection: pipelined messages go to the handler as they come, and each reply leaves as
/// soon as it is there, whatever the order (RFC 7766 section 6.2.1.1).
///
/// The connection is not read while too many of its queries wait for an answer, or while the client
/// does not read its replies: then TCP itself holds the client back. Confined to its event loop.
final class StreamConnection extends ChannelInboundHandlerAdapter {
  private final Edge edge;
  private final StreamLimits limits;
  private final Channel channel;
  private final InetSocketAddress client;
  private final FrameReader frames;
  private final StreamReply reply;
  private final StreamDeadline deadline;
  private final int maxQueries;
  private int queries;
  private int inFlight;
  private boolean processing;
  private boolean closing;

  /// @param closing whether the listener ends: the first messages are answered, then it closes
  StreamConnection(
      Edge edge,
      StreamLimits limits,
      StreamTimes times,
      Channel channel,
      InetSocketAddress client,
      boolean closing) {
    this.edge = edge;
    this.limits = limits;
    this.channel = channel;
    this.client = client;
    this.frames = new FrameReader(channel.alloc());
    this.closing = closing;
    this.maxQueries = times.maxQueries();
    this.reply = new StreamReply(this, false);
    this.deadline = new StreamDeadline(this, times);
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    deadline.start();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object octets) {
    frames.append((ByteBuf) octets);
    process();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    deadline.writable(channel.isWritable());
    process();
  }

  /// Handles the whole messages received so far, as long as replies find room.
  private void process() {
    if (processing) {
      return;
    }
    processing = true;
    do {
      handleMessages();
      channel.flush();
    } while (accepting() && frames.next() != null);
    processing = false;
    closing |= isSpent();
    channel.config().setAutoRead(accepting() && !closing);
    closeIfDone();
  }

  private void handleMessages() {
    LoopCounters counters = edge.counters();
    for (ByteBuf buffer = frames.next(); buffer != null && accepting(); buffer = frames.next()) {
      int length = FrameReader.messageLength(buffer);
      counters.increment(Event.TCP_RECEIVED);
      counters.add(Event.TCP_RECEIVED_OCTETS, length);
      queries++;
      deadline.active();
      reply.open();
      ByteBuffer memory = buffer.internalNioBuffer(FrameReader.messageStart(buffer), length);
      edge.handle(memory, memory.position(), length, reply);
      frames.advance(buffer);
    }
  }

  private boolean accepting() {
    return inFlight < limits.inFlight() && channel.isWritable() && !isSpent();
  }

  /// Whether it has been used for as many queries as a connection may be: what came after them is
  /// not answered.
  private boolean isSpent() {
    return maxQueries > 0 && queries >= maxQueries;
  }

  void send(ByteBuf buffer, int length) {
    LoopCounters counters = edge.counters();
    if (!channel.isActive()) {
      counters.increment(Event.DROPPED);
      buffer.release();
      return;
    }
    counters.increment(Event.TCP_SENT);
    counters.add(Event.TCP_SENT_OCTETS, length);
    var _ = channel.write(buffer, channel.voidPromise());
  }

  void dropped() {
    edge.counters().increment(Event.DROPPED);
  }

  void awaitAnswer() {
    inFlight++;
  }

  /// An answer that was put off has been sent or given up.
  void answered() {
    inFlight--;
    deadline.active();
    process();
  }

  int inFlight() {
    return inFlight;
  }

  FloodGate gate() {
    return edge.gate();
  }

  InetSocketAddress client() {
    return client;
  }

  InetSocketAddress local() {
    return (InetSocketAddress) channel.localAddress();
  }

  ByteBufAllocator allocator() {
    return channel.alloc();
  }

  Channel channel() {
    return channel;
  }

  /// Ends the connection because it went past a limit.
  void close(Event reason) {
    edge.counters().increment(reason);
    var _ = channel.close();
  }

  /// The client has sent its last octet, or the server stops: what was received is still answered.
  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof Drain || event instanceof ChannelInputShutdownEvent) {
      closing = true;
      process();
    }
  }

  private void closeIfDone() {
    boolean done = inFlight == 0 && (isSpent() || frames.next() == null);
    if (closing && done && channel.isActive()) {
      // An empty write is done when all that was written before it has left.
      var _ =
          channel.writeAndFlush(channel.alloc().buffer(0)).addListener(ChannelFutureListener.CLOSE);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    deadline.stop();
    frames.release();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    edge.counters().increment(Event.SOCKET_ERRORS);
    var _ = context.close();
  }
}
