package io.clusterzone.dns.config;

/// `loadbalance`: the order of the addresses in a reply.
public record LoadBalance(Policy policy) implements Directive {
  public static final LoadBalance DEFAULT = new LoadBalance(Policy.ROUND_ROBIN);

  /// The choice of the order.
  public enum Policy {
    /// Every address is first equally often.
    ROUND_ROBIN
  }
}
