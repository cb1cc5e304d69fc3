/// The connection to an API server: its place, the client's identity, and the bounds on requests.
///
/// Read [Transport] first: it sends one request, and is all that reflectors know of a connection.
/// [ApiConnection] makes one of [ApiAccess] (a kubeconfig file, a service account, an address);
/// credentials that expire are renewed behind it, and [LimitedTransport] keeps within [ApiLimits].
@NullMarked
package io.clusterzone.k8s.api.connect;

import org.jspecify.annotations.NullMarked;
