/// Threads that live as long as what they serve, and how long ago they did their work.
///
/// Begin with [SteadyThread]: every thread of the server that is to go on for ever is one, so that
/// nothing that is thrown ends it in silence. What comes again on an event loop is a [SteadyTask].
/// [LastLook] tells when a source was looked at last.
@NullMarked
package io.clusterzone.k8s.thread;

import org.jspecify.annotations.NullMarked;
