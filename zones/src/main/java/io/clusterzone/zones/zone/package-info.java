/// One immutable version of a zone, and the making of the next.
///
/// Read [Zone] first: a [Node] for each existing name, ready to be copied into answers, read on any
/// thread. [ZoneEditor] makes the next version of a batch of changes on one thread, and [ZoneTable]
/// publishes all zones with one volatile write.
@NullMarked
package io.clusterzone.zones.zone;

import org.jspecify.annotations.NullMarked;
