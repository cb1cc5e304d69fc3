package io.clusterzone.dns.forward;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The one place where upstream channels are written to and closed.
final class Channels {
  private Channels() {}

  /// Sends, and tells only of failure.
  static void send(Channel channel, Object message, Consumer<@Nullable Throwable> onFailure) {
    ChannelFuture sent = channel.writeAndFlush(message);
    sent.addListener(done -> {
      if (!done.isSuccess()) {
        onFailure.accept(done.cause());
      }
    });
  }

  static void close(Channel channel) {
    var _ = channel.close();
  }
}
