/// A share of the live queries, repeated to another server, and the differences between the
/// replies.
///
/// Read [Shadowing] first, the directive `shadow` at work. Event loops do one thing only: a
/// [LoopTap] copies a reply into a [SampleRing]. All else is confined to the thread "shadow", which
/// takes the samples out ([ShadowTurn]), asks the other server and compares.
@NullMarked
package io.clusterzone.dns.shadow;

import org.jspecify.annotations.NullMarked;
