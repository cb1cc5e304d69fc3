/// Reading and writing the DNS message format, at absolute offsets.
///
/// Read [QueryView] first: it parses the query that an event loop is busy with, and answers bad
/// input with a [Verdict], never an exception. [Header] and [Edns] hold the offsets and constants
/// of RFC 1035 and RFC 6891; [RecordScan] walks the records of any other message.
@NullMarked
package io.clusterzone.zones.wire;

import org.jspecify.annotations.NullMarked;
