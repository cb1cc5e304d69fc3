/// RRsets and RDATA, as values on any thread.
///
/// Read [Rdata] first: sealed, with one case for each type known here, and [Rdata.Unknown] for all
/// others (RFC 3597). [RRset] holds the records of one type; [RdataWire] and [RdataText] are their
/// two forms, octets and the text of a master file.
@NullMarked
package io.clusterzone.zones.record;

import org.jspecify.annotations.NullMarked;
