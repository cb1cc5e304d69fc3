/// Reading the API server's two encodings: objects are cut to the model while their bytes arrive.
@NullMarked
package io.clusterzone.k8s.api.decode;

import org.jspecify.annotations.NullMarked;
