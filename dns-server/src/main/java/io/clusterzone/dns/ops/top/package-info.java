/// Ranks of what is asked, by name, suffix, namespace and client, in fixed memory and off the query
/// path.
///
/// Read [QueryTop] first: it owns one [QueryRing] for each event loop, which copies a sample of its
/// queries there, and the thread "top", which empties them into [SpaceSaving] sketches: those of a
/// [Window] for each [Dimension]. A page asks for a [Ranking].
@NullMarked
package io.clusterzone.dns.ops.top;

import org.jspecify.annotations.NullMarked;
