package io.clusterzone.dns.forward;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The one place where upstream channels are written to and closed.
final class Channels {
  private Channels() {}

  static void send(Channel channel, Object message, Consumer<@Nullable Throwable> onFailure) {
    ChannelFuture sent = channel.writeAndFlush(message);
    sent.addListener(done -> {
      if (!done.isSuccess()) {
        onFailure.accept(done.cause());
      }
    });
  }

  /// Reports the end on the loop. Netty reports on a thread of its own where a channel could not
  /// even be made, as when no more files may be open.
  static void whenDone(EventLoop loop, ChannelFuture future, Consumer<Future<?>> ended) {
    future.addListener(done -> {
      if (loop.inEventLoop()) {
        ended.accept(done);
      } else {
        loop.execute(() -> ended.accept(done));
      }
    });
  }

  static void close(Channel channel) {
    var _ = channel.close();
  }
}
