/// A whole Corefile: from a path to records, or to all that is wrong with it.
///
/// Read [CorefileParser] first: it takes the text through the language and the readers, and then
/// looks for faults that no single directive shows, as listeners that overlap or forwards that no
/// query reaches. [CorefileReading] is its result.
@NullMarked
package io.clusterzone.dns.config.file;

import org.jspecify.annotations.NullMarked;
