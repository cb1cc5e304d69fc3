package io.clusterzone.dns.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the kernel makes of the program, on sockets of the loopback interface.
final class SocketFilterTest {
  private static final int SENT = 1000;
  private static final String LAST = "last";

  private final EventLoopGroup group =
      new MultiThreadIoEventLoopGroup(1, Sockets.EPOLL.ioHandlerFactory());
  private final AtomicInteger received = new AtomicInteger();
  private final CountDownLatch last = new CountDownLatch(1);
  private final SocketFilter filter = new SocketFilter();

  @AfterEach
  void end() {
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }

  private Channel bind(InetAddress address) {
    DatagramChannel channel = Sockets.EPOLL.datagramChannel(Addresses.family(address));
    channel.config().setOption(ChannelOption.SO_RCVBUF, 1 << 20);
    channel
        .pipeline()
        .addLast(
            new SimpleChannelInboundHandler<DatagramPacket>() {
              @Override
              protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
                if (packet.content().toString(US_ASCII).equals(LAST)) {
                  last.countDown();
                } else {
                  received.incrementAndGet();
                }
              }
            });
    group.register(channel).syncUninterruptibly();
    channel.bind(new InetSocketAddress(address, 0)).syncUninterruptibly();
    return channel;
  }

  private static void send(InetAddress from, Channel to, String text, int count) throws Exception {
    try (var socket = new DatagramSocket(new InetSocketAddress(from, 0))) {
      byte[] octets = text.getBytes(US_ASCII);
      for (int i = 0; i < count; i++) {
        socket.send(new java.net.DatagramPacket(octets, octets.length, to.localAddress()));
      }
    }
  }

  /// How many datagrams from the address come through.
  private int receivedFrom(InetAddress address, Channel channel) throws Exception {
    send(address, channel, "query", SENT);
    SocketFilter.detach(channel);
    send(address, channel, LAST, 1);
    assertThat(last.await(10, TimeUnit.SECONDS)).isTrue();
    return received.get();
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, 127.0.0.2, 1,    1,    1000, 1000",
    "127.0.0.1, 127.0.0.2, 0,    1,    0,    0",
    "127.0.0.1, 127.0.0.2, 0.5,  1,    350,  650",
    "127.0.0.1, 127.0.0.2, 0.05, 1,    5,    150",
    "127.0.0.1, 127.0.0.2, 1,    0,    1000, 1000",
    "::1,       ::1,       1,    0,    1000, 1000",
    "::1,       ::1,       0,    1,    0,    0",
  })
  void letsAShareOfAClientThrough(
      String to, String client, double share, double others, int fewest, int most)
      throws Exception {
    Channel channel = bind(InetAddress.getByName(to));
    InetAddress address = InetAddress.getByName(client);
    filter.begin();
    filter.add(SocketFilter.client(address), share);
    filter.end(others);
    assertThat(filter.attach(channel)).isTrue();
    assertThat(receivedFrom(address, channel)).isBetween(fewest, most);
  }

  @ParameterizedTest
  @CsvSource({"127.0.0.1", "::1"})
  void letsAShareOfAllOthersThrough(String to) throws Exception {
    InetAddress address = InetAddress.getByName(to);
    Channel channel = bind(address);
    filter.begin();
    filter.add(SocketFilter.client(address) + 1, 1);
    filter.end(0);
    assertThat(filter.attach(channel)).isTrue();
    assertThat(receivedFrom(address, channel)).isZero();
  }

  @Test
  void tellsManyClientsApart() throws Exception {
    InetAddress address = InetAddress.getByName("127.0.0.9");
    Channel channel = bind(InetAddress.getLoopbackAddress());
    filter.begin();
    for (int i = 1; i < SocketFilter.MOST_CLIENTS; i++) {
      filter.add(SocketFilter.client(address) + i, 0);
    }
    filter.add(SocketFilter.client(address), 1);
    filter.end(0);
    assertThat(filter.attach(channel)).isTrue();
    assertThat(receivedFrom(address, channel)).isEqualTo(SENT);
  }

  @Test
  void isNothingForOtherKindsOfSockets() {
    filter.begin();
    filter.end(1);
    assertThat(filter.attach(new EmbeddedChannel())).isFalse();
  }

  @Test
  void knowsAnAddressByTheSumOfItsWords() throws Exception {
    assertThat(SocketFilter.client(InetAddress.getByName("10.1.2.3"))).isEqualTo(0x0a010203);
    assertThat(SocketFilter.client(InetAddress.getByName("2001:db8:1:2:30:4:5:7006")))
        .isEqualTo(0x20010db8 + 0x00010002 + 0x00300004 + 0x00057006);
  }
}
