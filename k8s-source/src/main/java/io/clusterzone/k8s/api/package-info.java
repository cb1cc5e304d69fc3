/// Learning the cluster from the API server's list and watch.
///
/// Read [ApiSource] first: it follows one cluster for as long as it is open. [Reflector] is the
/// heart of it, one thread per kind that lists, watches and lists again, with a picture of its
/// states; [KindFeed] compares its objects with the known ones, and passes on the difference.
@NullMarked
package io.clusterzone.k8s.api;

import org.jspecify.annotations.NullMarked;
