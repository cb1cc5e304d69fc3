package io.clusterzone.dns.query;

import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.wire.QuestionView;
import java.util.Arrays;

/// A name prepared to find whether a query is for it or below it, by whole labels:
/// `www.notcluster.local` is not below `cluster.local`. Immutable.
public final class ZoneName {
  private final byte[] folded;

  public ZoneName(Name name) {
    folded = name.folded().toWire();
  }

  public boolean covers(QuestionView question) {
    byte[] name = question.name();
    int length = question.nameLength();
    int at = 0;
    while (length - at > folded.length) {
      at += name[at] + 1;
    }
    return length - at == folded.length
        && Arrays.equals(name, at, length, folded, 0, folded.length);
  }

  public boolean is(QuestionView question) {
    return question.nameLength() == folded.length && covers(question);
  }
}
