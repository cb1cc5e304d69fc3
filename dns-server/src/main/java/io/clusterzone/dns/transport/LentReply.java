package io.clusterzone.dns.transport;

import io.clusterzone.dns.query.ReplySink;
import io.clusterzone.dns.transport.flood.FloodGate;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.net.Inet6Address;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// The memory and the life of one reply in Netty: open, then exactly one of sent, dropped, or
/// handed to a sink that answers later. Confined to one event loop.
abstract class LentReply implements ReplySink {
  private final FloodGate gate;
  private final ByteBufAllocator allocator;
  private final int headroom;
  private @Nullable ByteBuf memory;
  private boolean open;

  /// `headroom` octets are kept free in front of the message.
  LentReply(FloodGate gate, ByteBufAllocator allocator, int headroom) {
    this.gate = gate;
    this.allocator = allocator;
    this.headroom = headroom;
  }

  final void open() {
    open = true;
  }

  final boolean isOpen() {
    return open;
  }

  @Override
  public final boolean ipv6() {
    return client().getAddress() instanceof Inet6Address;
  }

  @Override
  public final byte[] clientAddress() {
    return client().getAddress().getAddress();
  }

  @Override
  public final boolean behind(byte[] sender) {
    return gate.pace().isBehind() || gate.limits(sender);
  }

  @Override
  public final ByteBuffer reserve(int octets) {
    requireOpen();
    giveBack();
    ByteBuf reserved = allocator.directBuffer(headroom + octets);
    memory = reserved;
    return reserved.internalNioBuffer(headroom, octets);
  }

  @Override
  public final void send(int length) {
    requireOpen();
    ByteBuf message = memory;
    if (message == null || length < 0 || headroom + length > message.capacity()) {
      throw new IllegalStateException("send of " + length + " octets, more than reserved");
    }
    memory = null;
    open = false;
    transmit(message.setIndex(0, headroom + length), length);
  }

  @Override
  public final void drop() {
    requireOpen();
    close();
    dropped();
  }

  @Override
  public final ReplySink later() {
    requireOpen();
    close();
    LentReply outliving = outlive();
    outliving.open();
    return outliving;
  }

  /// Sends the buffer, which begins with the headroom, and owns it from now on.
  abstract void transmit(ByteBuf buffer, int length);

  /// Called when no reply will be sent.
  abstract void dropped();

  /// A reply to the same query that does not depend on this object any more.
  abstract LentReply outlive();

  private void close() {
    giveBack();
    open = false;
  }

  private void giveBack() {
    if (memory != null) {
      memory.release();
      memory = null;
    }
  }

  private void requireOpen() {
    if (!open) {
      throw new IllegalStateException("the query has been answered, dropped or put off already");
    }
  }
}
