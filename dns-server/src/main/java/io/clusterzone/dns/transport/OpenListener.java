package io.clusterzone.dns.transport;

import io.clusterzone.dns.query.MessageHandler;
import io.netty.channel.Channel;
import io.netty.channel.ServerChannel;
import io.netty.channel.group.ChannelGroup;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/// A listener that is open: its sockets and connections on all event loops. Opened, changed and
/// drained by one thread at a time.
final class OpenListener {
  private final List<InetSocketAddress> addresses;
  private final ChannelGroup channels;
  private final List<LocalAddresses> wildcards = new ArrayList<>();
  private final List<Entrance> entrances = new ArrayList<>();

  /// @param addresses the addresses it is bound to, port 0 replaced by the port that was picked
  OpenListener(List<InetSocketAddress> addresses, ChannelGroup channels) {
    this.addresses = List.copyOf(addresses);
    this.channels = channels;
  }

  List<InetSocketAddress> addresses() {
    return addresses;
  }

  int port() {
    return addresses.getFirst().getPort();
  }

  ChannelGroup channels() {
    return channels;
  }

  List<LocalAddresses> wildcards() {
    return wildcards;
  }

  void add(LocalAddresses wildcard) {
    wildcards.add(wildcard);
  }

  void add(Entrance entrance) {
    entrances.add(entrance);
  }

  /// Other listeners of the port serve these addresses from now on, and no others.
  void leaveToOthers(Set<InetAddress> theirs) {
    wildcards.forEach(wildcard -> wildcard.boundElsewhere(theirs));
  }

  /// Lets another handler and other times hold on an event loop, on its thread.
  void replace(Loop loop, MessageHandler handler, StreamTimes times) {
    for (Entrance entrance : entrances) {
      if (entrance.loop().equals(loop)) {
        entrance.edge().replaceHandler(handler);
        entrance.acceptor().replaceTimes(times);
      }
    }
  }

  /// Answers all queries received, then closes: sockets after the grace, since clients may have
  /// sent datagrams that the kernel still holds; connections as soon as nothing is outstanding.
  void drain(Drain drain) {
    for (Entrance entrance : entrances) {
      entrance.loop().events().execute(entrance.acceptor()::drain);
    }
    for (Channel channel : channels) {
      if (channel instanceof ServerChannel) {
        Future<?> _ =
            channel
                .eventLoop()
                .schedule(() -> close(channel), drain.graceMillis(), TimeUnit.MILLISECONDS);
      } else {
        channel.pipeline().fireUserEventTriggered(drain);
      }
    }
  }

  /// Waits until all is closed, connections included that have come meanwhile.
  void awaitClosed(long deadlineNanos) {
    long leftNanos = deadlineNanos - System.nanoTime();
    while (!channels.isEmpty() && leftNanos > 0) {
      channels.newCloseFuture().awaitUninterruptibly(leftNanos, TimeUnit.NANOSECONDS);
      leftNanos = deadlineNanos - System.nanoTime();
    }
  }

  private static void close(Channel channel) {
    var _ = channel.close();
  }
}
