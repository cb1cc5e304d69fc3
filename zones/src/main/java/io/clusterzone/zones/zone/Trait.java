package io.clusterzone.zones.zone;

/// A property of an owner name that its RRsets do not show; the kinds of nodes stand at [Node].
public enum Trait {
  /// It exists though it may hold no records and no name below it may exist.
  EXISTS,

  /// Its records are known from the start: a NODATA here is final even while the zone is still
  /// being learnt.
  FIXED,

  /// Each label below it that spells an address (`10-1-2-3`, `fd00--1`) owns that address.
  ADDRESS_LABELS,

  /// A label below it that spells an IPv6 address stands for the label with the canonical spelling
  /// (RFC 5952, `-` for `:`), which is an owner name like any other or does not exist.
  CANONICAL_LABELS,

  /// Whether it holds records of a type, or has names below it, is known elsewhere only: what is
  /// not here is not denied.
  ELSEWHERE
}
