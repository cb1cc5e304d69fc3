/// The connection to an API server: where it is, who is asking, and how much may be asked.
///
/// Read [Transport] first: it sends one request, and is all that reflectors know of a connection.
/// [ApiConnection] makes one of [ApiAccess] (a kubeconfig file, a service account, an address);
/// credentials that expire are renewed behind it, and [LimitedTransport] keeps within [ApiLimits].
@NullMarked
package io.clusterzone.k8s.api.connect;

import org.jspecify.annotations.NullMarked;
