/// What happens to one query.
@NullMarked
package io.clusterzone.dns.query;

import org.jspecify.annotations.NullMarked;
