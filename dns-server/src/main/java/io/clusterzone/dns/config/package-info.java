/// The configuration as records: what a Corefile says once it has been read.
///
/// Read [Corefile] first: it is a list of [ServerBlock]s, each with its keys and one [Directive] of
/// each kind, a record with its defaults, ranges and units. The serving packages take these records
/// and never see a text; [io.clusterzone.dns.config.file.CorefileParser] makes them.
@NullMarked
package io.clusterzone.dns.config;

import org.jspecify.annotations.NullMarked;
