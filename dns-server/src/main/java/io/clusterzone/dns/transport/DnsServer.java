package io.clusterzone.dns.transport;

import io.clusterzone.dns.ops.Counters;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A running server: its listeners, and the event loops they run on. [#start] and [#stop] are each
/// called once, by a thread that may wait.
public final class DnsServer {
  /// How long datagram sockets are still read after a stop: what the kernel has queued is there by
  /// then, and reading it takes far less.
  private static final Duration UDP_GRACE = Duration.ofMillis(50);

  private final MultiThreadIoEventLoopGroup group;
  private final ChannelGroup channels;
  private final List<InetSocketAddress> addresses;
  private final AddressScan scan;

  private DnsServer(
      MultiThreadIoEventLoopGroup group,
      ChannelGroup channels,
      List<InetSocketAddress> addresses,
      AddressScan scan) {
    this.group = group;
    this.channels = channels;
    this.addresses = List.copyOf(addresses);
    this.scan = scan;
  }

  /// Binds every listener over UDP and TCP on every event loop, or none of them.
  ///
  /// @param counters has a [io.clusterzone.dns.ops.LoopCounters] for each loop of `options`
  public static DnsServer start(
      TransportOptions options, Counters counters, List<Listener> listeners) throws BindFailure {
    Sockets sockets = options.nativeTransport() ? Sockets.best() : Sockets.NIO;
    MultiThreadIoEventLoopGroup group =
        new MultiThreadIoEventLoopGroup(
            options.loops(), new DefaultThreadFactory("dns"), sockets.ioHandlerFactory());
    ChannelGroup channels = new DefaultChannelGroup(group.next(), true);
    List<Loop> loops = new ArrayList<>();
    for (int i = 0; i < options.loops(); i++) {
      loops.add(new Loop(i, group.next(), counters.loop(i)));
    }
    try {
      Startup startup = new Startup(options, sockets, channels, loops);
      List<InetSocketAddress> addresses = startup.open(listeners);
      return new DnsServer(
          group, channels, addresses, AddressScan.start(startup.wildcards(), options.rescan()));
    } catch (BindFailure e) {
      channels.close().awaitUninterruptibly();
      group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
      throw e;
    }
  }

  /// What is listened on, port 0 replaced by the port that was picked.
  public List<InetSocketAddress> addresses() {
    return addresses;
  }

  /// Takes no new connections, answers what has been received, and closes; what is not answered
  /// within `patience` is given up.
  public void stop(Duration patience) {
    long deadlineNanos = System.nanoTime() + patience.toNanos();
    scan.stop();
    Drain drain = new Drain(Math.min(UDP_GRACE.toMillis(), patience.toMillis()));
    channels.forEach(channel -> {
      if (channel instanceof ServerChannel) {
        var _ = channel.close();
      } else {
        channel.pipeline().fireUserEventTriggered(drain);
      }
    });
    channels.newCloseFuture().awaitUninterruptibly(patience.toMillis());
    channels.close().awaitUninterruptibly();
    long leftNanos = Math.max(0, deadlineNanos - System.nanoTime());
    group.shutdownGracefully(0, leftNanos, TimeUnit.NANOSECONDS).awaitUninterruptibly();
  }
}
