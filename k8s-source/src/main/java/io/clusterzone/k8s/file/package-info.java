/// Reading files that configuration and manifests name, within bounds.
///
/// Begin with [RegularFile]: every such file is opened there, on any thread. A FIFO, a device, a
/// file larger than memory or a file system that is away is then a sentence, and never the end of a
/// thread or of the process. [Limit] is the table of all bounds on reading.
@NullMarked
package io.clusterzone.k8s.file;

import org.jspecify.annotations.NullMarked;
