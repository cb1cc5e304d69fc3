/// A comparison from its first question to its last: asking, asking again, judging, counting.
///
/// Read [Comparison] first, and then [Tally], what comes of it. One thread does it all, and another
/// reads the questions.
@NullMarked
package io.clusterzone.dns.compare.run;

import org.jspecify.annotations.NullMarked;
