/// The readers of directives: from the arguments of a line to one record.
///
/// Read [DirectiveTable] first: it lists every directive with its [DirectiveSpec], which reads it
/// and says its part of the manual. A reader is one class that ends with `Parser`; where a
/// directive has a block, its [Option]s are a table, and what they have said so far is a draft.
@NullMarked
package io.clusterzone.dns.config.read;

import org.jspecify.annotations.NullMarked;
