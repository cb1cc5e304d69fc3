package io.clusterzone.dns.query;

import io.clusterzone.zones.zone.ZoneTable;
import io.clusterzone.zones.zone.Zones;
import java.lang.ref.WeakReference;

/// Whether anybody holds zones that are no longer published.
final class ForgottenZones {
  private static final int COLLECTIONS = 50;

  private ForgottenZones() {}

  /// Publishes other zones, and says whether the collector finds the ones before.
  static boolean in(ZoneTable table) throws InterruptedException {
    var before = new WeakReference<>(table.current());
    table.publish(Zones.NONE);
    for (int i = 0; i < COLLECTIONS && before.get() != null; i++) {
      System.gc();
      Thread.sleep(1);
    }
    return before.get() == null;
  }
}
