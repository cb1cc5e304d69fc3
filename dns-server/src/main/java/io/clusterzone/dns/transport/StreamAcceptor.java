package io.clusterzone.dns.transport;

import io.clusterzone.dns.ops.Event;
import io.clusterzone.dns.ops.LoopCounters;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.group.ChannelGroup;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/// Admits or refuses each new TCP connection of one event loop. Called on that loop.
@Sharable
final class StreamAcceptor extends ChannelInitializer<Channel> {
  private final Edge edge;
  private final StreamLimits limits;
  private final Admission admission;
  private final ChannelGroup channels;
  private StreamTimes times;
  private boolean draining;

  StreamAcceptor(
      Edge edge,
      StreamLimits limits,
      StreamTimes times,
      Admission admission,
      ChannelGroup channels) {
    this.edge = edge;
    this.limits = limits;
    this.times = times;
    this.admission = admission;
    this.channels = channels;
  }

  /// New connections have other times from now on.
  void replaceTimes(StreamTimes next) {
    times = next;
  }

  /// New connections are those that the kernel had accepted already: the first queries of each are
  /// answered.
  void drain() {
    draining = true;
  }

  @Override
  protected void initChannel(Channel channel) {
    if (!(channel.remoteAddress() instanceof InetSocketAddress client)) {
      var _ = channel.close(); // The client has gone again.
      return;
    }
    InetAddress address = client.getAddress();
    LoopCounters counters = edge.counters();
    Event refusal = admission.refusal(address);
    if (refusal != null) {
      counters.increment(refusal);
      var _ = channel.close();
      return;
    }
    counters.increment(Event.TCP_ACCEPTED);
    channels.add(channel);
    var _ =
        channel
            .closeFuture()
            .addListener(_ -> {
              counters.increment(Event.TCP_CLOSED);
              admission.leave(address);
            });
    channel
        .pipeline()
        .addLast(new StreamConnection(edge, limits, times, channel, client, draining));
  }
}
