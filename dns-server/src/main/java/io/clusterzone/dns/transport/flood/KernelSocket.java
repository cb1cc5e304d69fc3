package io.clusterzone.dns.transport.flood;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// A socket as the kernel knows it, by its options (setsockopt(2), level SOL_SOCKET). Safe on any
/// thread.
public interface KernelSocket {
  /// Whether it is still open. An option that is read of one that closes meanwhile may be another
  /// socket's.
  boolean isOpen();

  /// The value of an option, in the kernel's byte order; null where this socket has none, or fewer
  /// octets.
  @Nullable ByteBuffer option(int option, int octets);

  /// Sets an option; false if this kernel or this kind of socket does not take it.
  boolean setOption(int option, ByteBuffer value);
}
