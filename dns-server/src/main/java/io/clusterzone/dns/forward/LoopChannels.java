package io.clusterzone.dns.forward;

import io.netty.channel.ChannelFactory;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.SocketChannel;

/// An event loop, and the channels that can live on it.
public record LoopChannels(
    EventLoop loop,
    ChannelFactory<? extends DatagramChannel> udp,
    ChannelFactory<? extends SocketChannel> tcp) {}
