/// The query log and the log of errors: which queries, in which form, and how often.
///
/// Read [Log] first: lines to be printed wait there for one thread, and those that find no place
/// are counted. [LogRule] chooses queries and [LogFormat] writes one; [ErrorRules] and
/// [Consolidator] turn many like errors into one line.
@NullMarked
package io.clusterzone.dns.ops.log;

import org.jspecify.annotations.NullMarked;
