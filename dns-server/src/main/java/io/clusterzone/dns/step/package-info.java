/// The part of each directive in answering: one file or two for a directive.
///
/// Read [AnyStep] first, the shortest. A step sees the question through
/// [io.clusterzone.dns.query.Asked] and knows nothing of sockets, of other steps, or of the order
/// in which they are asked.
@NullMarked
package io.clusterzone.dns.step;

import org.jspecify.annotations.NullMarked;
