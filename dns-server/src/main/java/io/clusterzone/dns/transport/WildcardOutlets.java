package io.clusterzone.dns.transport;

import io.netty.channel.Channel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;

/// The sockets through which one event loop answers for a wildcard listener: one per address of
/// this host. Confined to the loop, except where said.
final class WildcardOutlets implements Outlets {
  /// Binds a socket of this loop to the address.
  @FunctionalInterface
  interface Opener {
    Channel open(InetAddress address) throws BindFailure;
  }

  private final LocalAddresses addresses;
  private final Loop loop;
  private final Opener opener;
  private final Map<InetAddress, Channel> byAddress = new HashMap<>();

  WildcardOutlets(LocalAddresses addresses, Loop loop, Opener opener) {
    this.addresses = addresses;
    this.loop = loop;
    this.opener = opener;
  }

  @Override
  public Channel outletFor(Channel received, InetSocketAddress local) {
    InetAddress address = local.getAddress();
    if (address.isAnyLocalAddress() || address.isMulticastAddress()) {
      return received;
    }
    Channel outlet = byAddress.get(address);
    if (outlet == null && addresses.add(address)) {
      outlet = byAddress.get(address);
    }
    return outlet != null && outlet.isActive() ? outlet : received;
  }

  /// Opens the socket for the address, on the loop; from any thread.
  void open(InetAddress address) {
    onLoop(() -> {
      try {
        byAddress.put(address, opener.open(address));
      } catch (BindFailure e) {
        addresses.failed(address, e);
      }
    });
  }

  /// Closes the socket for the address once it is answered, on the loop; from any thread.
  void close(InetAddress address) {
    onLoop(() -> {
      Channel gone = byAddress.remove(address);
      if (gone != null) {
        gone.pipeline().fireUserEventTriggered(Drain.CHANGE);
      }
    });
  }

  private void onLoop(Runnable task) {
    if (loop.events().inEventLoop()) {
      task.run();
    } else {
      loop.events().execute(task);
    }
  }
}
