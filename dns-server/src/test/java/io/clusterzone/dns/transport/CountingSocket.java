package io.clusterzone.dns.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.dns.transport.flood.KernelSocket;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.DatagramPacket;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// A UDP socket on an event loop of its own that counts what the kernel lets through.
public final class CountingSocket implements AutoCloseable {
  private static final String LAST = "last";

  private final EventLoopGroup group =
      new MultiThreadIoEventLoopGroup(1, Sockets.EPOLL.ioHandlerFactory());
  private final AtomicInteger received = new AtomicInteger();
  private final Semaphore last = new Semaphore(0);
  private final InetAddress address;
  private final Channel channel;

  public CountingSocket(InetAddress address) {
    this.address = address;
    DatagramChannel socket = Sockets.EPOLL.datagramChannel(Addresses.family(address));
    socket.config().setOption(ChannelOption.SO_RCVBUF, 1 << 20);
    socket
        .pipeline()
        .addLast(
            new SimpleChannelInboundHandler<DatagramPacket>() {
              @Override
              protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
                if (packet.content().toString(US_ASCII).equals(LAST)) {
                  last.release();
                } else {
                  received.incrementAndGet();
                }
              }
            });
    group.register(socket).syncUninterruptibly();
    socket.bind(new InetSocketAddress(address, 0)).syncUninterruptibly();
    channel = socket;
  }

  public KernelSocket kernel() {
    return new NettySocket(channel);
  }

  /// Has a client of this address send so many datagrams.
  public void send(String client, int count) throws IOException {
    send(InetAddress.getByName(client), "query", count);
  }

  private void send(InetAddress from, String text, int count) throws IOException {
    try (var socket = new DatagramSocket(new InetSocketAddress(from, 0))) {
      byte[] octets = text.getBytes(US_ASCII);
      for (int i = 0; i < count; i++) {
        socket.send(new java.net.DatagramPacket(octets, octets.length, channel.localAddress()));
      }
    }
  }

  /// How many have come through so far. What the socket's own address sends has to come through.
  public int received() throws Exception {
    send(address, LAST, 1);
    assertThat(last.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
    return received.get();
  }

  @Override
  public void close() {
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }
}
