package io.clusterzone.dns.forward.reply;

/// The highest TTLs, in seconds, that an upstream's records keep.
///
/// @param data of the records of a reply with data
/// @param negative of the records of NXDOMAIN and NODATA, the aliases that lead there included
public record TtlCaps(int data, int negative) {
  /// The same cap for both.
  public static TtlCaps of(int seconds) {
    return new TtlCaps(seconds, seconds);
  }
}
