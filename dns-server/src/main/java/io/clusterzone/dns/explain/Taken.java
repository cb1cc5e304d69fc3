package io.clusterzone.dns.explain;

import io.clusterzone.dns.ops.Stage;
import io.clusterzone.dns.query.Ending;
import io.clusterzone.zones.name.Name;

/// One step that was asked. Immutable.
///
/// @param block the key of the server block
/// @param ending `LATER` also where what the step waited for became the reply
/// @param part whether the question was a part of a chain of aliases
/// @param then the name that is looked for from here on; another one if the step has replaced it
record Taken(
    Stage step, String block, Name name, int type, Ending ending, boolean part, Name then) {}
