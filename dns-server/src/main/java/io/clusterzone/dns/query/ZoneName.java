package io.clusterzone.dns.query;

import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.wire.QueryView;
import java.util.Arrays;

/// A name prepared for the question whether a query is for it or below it, by whole labels:
/// `www.notcluster.local` is not below `cluster.local`. Immutable.
final class ZoneName {
  private final byte[] folded;

  ZoneName(Name name) {
    folded = name.folded().toWire();
  }

  boolean covers(QueryView query) {
    byte[] name = query.name();
    int length = query.nameLength();
    int at = 0;
    while (length - at > folded.length) {
      at += name[at] + 1;
    }
    return length - at == folded.length
        && Arrays.equals(name, at, length, folded, 0, folded.length);
  }

  boolean is(QueryView query) {
    return query.nameLength() == folded.length && covers(query);
  }
}
