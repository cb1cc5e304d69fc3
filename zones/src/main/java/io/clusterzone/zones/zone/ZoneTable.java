package io.clusterzone.zones.zone;

/// The one place of published zones. The zone writer's thread publishes, event loops read.
///
/// One volatile field: a reader of a [Zones] sees all writes that made it, and the zones in it
/// become visible together.
public final class ZoneTable {
  private volatile Zones current;

  public ZoneTable(Zones first) {
    current = first;
  }

  /// The zones as they are now. Taken once per query.
  public Zones current() {
    return current;
  }

  public void publish(Zones zones) {
    current = zones;
  }
}
