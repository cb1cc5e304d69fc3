/// Questions, and the replies of upstreams: checked, cleaned, and written anew.
///
/// Read [ReplyCleaner] first: of a reply it keeps what answers the question asked and drops
/// whatever an attacker may have added. [Resolution] is what comes of a question in the end, an
/// upstream's reply or a failure.
@NullMarked
package io.clusterzone.dns.forward.reply;

import org.jspecify.annotations.NullMarked;
