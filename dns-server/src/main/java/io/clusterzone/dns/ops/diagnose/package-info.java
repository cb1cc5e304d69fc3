/// Looks inside the running process: flight recordings, thread dumps, and the state of the heap.
///
/// Read [FlightRecordings] first: it makes a recording within bounds of time and size. [HeapWatch]
/// warns before memory runs out. The HTTP pages and the command `diagnose` show what is found here.
@NullMarked
package io.clusterzone.dns.ops.diagnose;

import org.jspecify.annotations.NullMarked;
