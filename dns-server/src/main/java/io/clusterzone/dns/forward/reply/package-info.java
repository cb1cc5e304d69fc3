/// Questions, and the replies of upstreams: checked, cleaned, and written anew.
///
/// Read [ReplyCleaner] first: of a reply it keeps the records that answer the question asked, and
/// drops all that an attacker may have added. [Resolution] is the end of a question, an upstream's
/// reply or a failure.
@NullMarked
package io.clusterzone.dns.forward.reply;

import org.jspecify.annotations.NullMarked;
