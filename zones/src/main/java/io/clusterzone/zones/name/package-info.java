/// Domain names, and a persistent map keyed by owner name.
///
/// Read [Name] first: a name in wire form, equal to another in any case. [NameMap] is the hash trie
/// that a zone stands in, by the seeded [NameHash]; one [NameMapEditor] makes its next version.
@NullMarked
package io.clusterzone.zones.name;

import org.jspecify.annotations.NullMarked;
