package io.clusterzone.dns.transport;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/// The room for sockets among the files that the process may have open.
///
/// @param open files that are open now
/// @param most files that may be open
record OpenFiles(long open, long most) {
  /// For connections, upstreams, files that are read and code that is loaded later. A process that
  /// has no room left for these stays broken after there is some again.
  static final int KEPT_FREE = 100;

  /// The open files of this process.
  static OpenFiles now() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
        ? new OpenFiles(system.getOpenFileDescriptorCount(), system.getMaxFileDescriptorCount())
        : new OpenFiles(0, Long.MAX_VALUE);
  }

  /// Checks that so many sockets can be opened.
  void require(long sockets) throws BindFailure {
    if (sockets > most - open - KEPT_FREE) {
      throw new BindFailure(
          ("cannot listen: that takes %,d sockets more, and of %,d files that the process may have"
                  + " open %,d are, and %,d are kept for others; raise the limit (ulimit -n), or have"
                  + " fewer sockets with multisocket")
              .formatted(sockets, most, open, KEPT_FREE));
    }
  }
}
