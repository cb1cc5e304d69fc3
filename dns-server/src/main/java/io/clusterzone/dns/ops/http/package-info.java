/// What kubelets, Prometheus and operators ask over HTTP.
@NullMarked
package io.clusterzone.dns.ops.http;

import org.jspecify.annotations.NullMarked;
