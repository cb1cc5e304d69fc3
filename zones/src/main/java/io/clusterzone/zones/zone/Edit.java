package io.clusterzone.zones.zone;

/// The next version of a zone, and what is new in it.
public record Edit(Zone zone, ChangeSet changes) {}
