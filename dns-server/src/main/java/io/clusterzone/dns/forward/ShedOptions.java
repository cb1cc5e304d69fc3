package io.clusterzone.dns.forward;

import io.clusterzone.dns.forward.reply.ShedReply;

/// The bounds on queries that wait for upstreams. Each value is a setting of the directive `shed`.
///
/// @param waiting places for them, in all event loops together; 1 or more
/// @param perClient places for those of one client; 0: never more than are free
/// @param reply what those get that find no place
public record ShedOptions(int waiting, int perClient, ShedReply reply) {
  public static final int DEFAULT_WAITING = 4096;
  public static final ShedOptions DEFAULTS =
      new ShedOptions(DEFAULT_WAITING, 0, ShedReply.SERVFAIL);
}
