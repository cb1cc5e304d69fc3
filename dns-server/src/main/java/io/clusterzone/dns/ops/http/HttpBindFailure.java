package io.clusterzone.dns.ops.http;

import io.netty.util.NetUtil;
import java.io.IOException;
import java.io.Serial;
import java.net.InetSocketAddress;

/// An address cannot be listened on.
public final class HttpBindFailure extends Exception {
  @Serial private static final long serialVersionUID = 1;

  private final InetSocketAddress address;

  HttpBindFailure(InetSocketAddress address, IOException cause) {
    super(
        "cannot listen on " + NetUtil.toSocketAddressString(address) + ": " + cause.getMessage(),
        cause);
    this.address = address;
  }

  public InetSocketAddress address() {
    return address;
  }
}
