/// What each directive does with a question: one file or two for a directive, and
/// [io.clusterzone.dns.step.AnyStep] is the shortest to read first. A step sees the question
/// through [io.clusterzone.dns.query.Asked] and knows nothing of sockets, of other steps, or of the
/// order in which they are asked.
@NullMarked
package io.clusterzone.dns.step;

import org.jspecify.annotations.NullMarked;
