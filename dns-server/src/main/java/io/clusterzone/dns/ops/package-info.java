/// What an operator sees: metrics and the query log.
@NullMarked
package io.clusterzone.dns.ops;

import org.jspecify.annotations.NullMarked;
