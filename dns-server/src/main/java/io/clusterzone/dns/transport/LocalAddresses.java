package io.clusterzone.dns.transport;

import io.netty.channel.socket.SocketProtocolFamily;
import java.net.InetAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The addresses of this host where a wildcard UDP listener may be asked.
///
/// A reply must come from the address that was asked, and a wildcard socket lets the kernel pick
/// one. So each address gets sockets of its own, one per event loop, and the kernel then prefers
/// them to the wildcard's. Addresses are found in two ways: interfaces are listed now and then, and
/// where the platform says which address a datagram came to (epoll, IPv4), the first datagram to an
/// address that no interface lists opens its sockets and is answered through them.
final class LocalAddresses {
  private static final Logger LOG = LoggerFactory.getLogger(LocalAddresses.class);

  /// Addresses that get sockets. A host with more (kube-proxy's IPVS mode puts every Service on an
  /// interface) answers for the others from the wildcard socket.
  static final int MAX_ADDRESSES = 256;

  private final SocketProtocolFamily family;
  private final List<WildcardOutlets> outlets = new CopyOnWriteArrayList<>();
  private final Set<InetAddress> open = ConcurrentHashMap.newKeySet();
  private final Set<InetAddress> failed = ConcurrentHashMap.newKeySet();
  private final Set<InetAddress> reported = ConcurrentHashMap.newKeySet();
  private volatile Set<InetAddress> boundElsewhere;
  private Set<InetAddress> listed = Set.of();

  /// `boundElsewhere` are addresses that another listener of the same port serves.
  LocalAddresses(SocketProtocolFamily family, Set<InetAddress> boundElsewhere) {
    this.family = family;
    this.boundElsewhere = Set.copyOf(boundElsewhere);
  }

  /// Other listeners serve these addresses from now on, and no others. An address that they have
  /// left is found by the next scan, or asked before it.
  void boundElsewhere(Set<InetAddress> theirs) {
    boundElsewhere = Set.copyOf(theirs);
    for (InetAddress address : theirs) {
      if (open.remove(address)) {
        outlets.forEach(each -> each.close(address));
      }
    }
  }

  void attach(WildcardOutlets loopOutlets) {
    outlets.add(loopOutlets);
    open.forEach(loopOutlets::open);
  }

  /// Opens sockets for the address on every loop, unless they are open or there are too many; says
  /// whether this call did. From any thread; on an event loop, its own socket is open on return.
  boolean add(InetAddress address) {
    if (boundElsewhere.contains(address) || open.size() >= MAX_ADDRESSES || !open.add(address)) {
      return false;
    }
    outlets.forEach(each -> each.open(address));
    return true;
  }

  /// Lists the interfaces: opens sockets for new addresses, closes those of addresses that have
  /// gone. Called by one thread at a time, and not on an event loop, for it asks the kernel.
  void scan() {
    Set<InetAddress> now = Addresses.ofInterfaces(family);
    Set<InetAddress> gone = new HashSet<>(listed);
    gone.removeAll(now);
    for (InetAddress address : gone) {
      open.remove(address);
      outlets.forEach(each -> each.close(address));
    }
    open.removeAll(failed);
    failed.clear();
    now.forEach(this::add);
    listed = now;
  }

  /// An address could not be bound (a new IPv6 address is tentative at first). The wildcard socket
  /// serves it until the next scan tries again.
  void failed(InetAddress address, BindFailure failure) {
    failed.add(address);
    if (reported.add(address)) {
      LOG.warn("{}", failure.getMessage());
    }
  }
}
