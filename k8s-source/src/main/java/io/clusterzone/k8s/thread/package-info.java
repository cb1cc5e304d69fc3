/// Threads that live as long as the process, and the time of their last work.
///
/// Begin with [SteadyThread]: every thread of the server that is to go on for ever is one, so that
/// nothing that is thrown ends it in silence. A recurring task of an event loop is a [SteadyTask].
/// [LastLook] is the time of a source's last look.
@NullMarked
package io.clusterzone.k8s.thread;

import org.jspecify.annotations.NullMarked;
