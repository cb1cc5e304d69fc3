package io.clusterzone.dns.compare.run;

import io.clusterzone.dns.compare.OurZones;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/// One comparison.
///
/// @param here our side
/// @param there the other server, at one address or more
/// @param zones whose names are ours to answer
/// @param oursAlone whether names outside those zones are left out
/// @param perSecond questions to each server in a second; 0 is as fast as they reply
/// @param replyTime the time before a query is sent again, and then given up
/// @param firstLook the time before a difference is asked again
/// @param longestLook the longest TTL that is waited for before it is asked for the last time
/// @param baseline keys of differences that are known
public record CompareOptions(
    InetSocketAddress here,
    List<InetSocketAddress> there,
    OurZones zones,
    boolean oursAlone,
    int perSecond,
    Duration replyTime,
    Duration firstLook,
    Duration longestLook,
    Set<String> baseline) {
  public CompareOptions {
    there = List.copyOf(there);
    baseline = Set.copyOf(baseline);
  }
}
