/// The outcome of a comparison for a person in a terminal, for a browser, and for scripts.
///
/// Read [Compared] first, what all of them show.
@NullMarked
package io.clusterzone.dns.compare.report;

import org.jspecify.annotations.NullMarked;
