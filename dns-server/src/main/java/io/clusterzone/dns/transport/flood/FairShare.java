package io.clusterzone.dns.transport.flood;

/// Divides an event loop's capacity among clients that together send more (max-min fairness): a
/// client that sends less than an equal share keeps all of it, and the others share the rest.
final class FairShare {
  private FairShare() {}

  /// Decides each client's share that is admitted.
  ///
  /// Clients that cannot be distinguished, as when addresses are forged, count as one that may have
  /// half of all, or the rest that others leave. If no client needs a limit, none has one.
  ///
  /// @param target datagrams that can be taken each second
  static void divide(ClientRates rates, double target) {
    rates.limitNobody();
    double known = 0;
    for (int i = 0; i < rates.knownCount(); i++) {
      known += rates.rate(i);
    }
    double others = Math.max(0, rates.total() - known);
    double forOthers = Math.min(others, Math.max(target / 2, target - known));
    if (others > forOthers) {
      rates.limitOthers(forOthers / others);
    }
    double level = level(rates, target - forOthers);
    for (int i = 0; i < rates.knownCount(); i++) {
      if (rates.rate(i) > level) {
        rates.limit(i, level / rates.rate(i));
      }
    }
  }

  /// The rate to limit the largest known clients to, so that all together have the sum; without
  /// bound if they have less.
  private static double level(ClientRates rates, double sum) {
    double level = 0;
    double left = sum;
    int above = rates.knownCount();
    while (above > 0 && left / above > level) {
      level = left / above;
      left = sum;
      above = 0;
      for (int i = 0; i < rates.knownCount(); i++) {
        if (rates.rate(i) > level) {
          above++;
        } else {
          left -= rates.rate(i);
        }
      }
    }
    return above == 0 ? Double.POSITIVE_INFINITY : level;
  }
}
