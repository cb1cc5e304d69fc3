package io.clusterzone.dns.explain;

/// The outcome of one question, as a resolver distinguishes them.
enum Outcome {
  ANSWER,
  NODATA,
  NXDOMAIN,
  SERVFAIL,
  REFUSED,
  OTHER,
  NO_REPLY
}
