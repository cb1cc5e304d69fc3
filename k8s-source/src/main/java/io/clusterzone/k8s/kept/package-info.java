/// Files that the server writes, to have them at its next start.
///
/// Begin with [KeptFile]: every such file is written there, whole or not at all, and nothing of
/// anybody else's is ever replaced.
@NullMarked
package io.clusterzone.k8s.kept;

import org.jspecify.annotations.NullMarked;
