/// Asking an upstream.
///
/// Read [LoopResolver] first: on one event loop it answers a question from the cache or has it
/// asked. [UpstreamGroup] is what all loops share of one directive, [LoopUpstreams] one loop's
/// part, and [Exchange] one question on its way from upstream to upstream until one answers.
@NullMarked
package io.clusterzone.dns.forward;

import org.jspecify.annotations.NullMarked;
