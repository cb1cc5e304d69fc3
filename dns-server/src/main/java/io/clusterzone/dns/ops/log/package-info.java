/// The query log and the log of errors: which queries, in which form, and how often.
///
/// Read [Log] first: whatever is to be printed waits there for one thread, and what finds no place
/// is counted. [LogRule] chooses queries and [LogFormat] writes one; [ErrorRules] and
/// [Consolidator] turn many like errors into one line.
@NullMarked
package io.clusterzone.dns.ops.log;

import org.jspecify.annotations.NullMarked;
