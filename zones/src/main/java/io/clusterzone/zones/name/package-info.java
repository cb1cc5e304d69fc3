/// What a domain name is, and a persistent map keyed by owner name.
@NullMarked
package io.clusterzone.zones.name;

import org.jspecify.annotations.NullMarked;
