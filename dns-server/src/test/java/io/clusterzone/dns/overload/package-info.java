/// What the server does under ten times the load that it can take.
@NullMarked
package io.clusterzone.dns.overload;

import org.jspecify.annotations.NullMarked;
