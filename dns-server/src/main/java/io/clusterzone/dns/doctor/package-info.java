/// The examination of servers, their configuration and their cluster: what is wrong, and what to do
/// about it.
///
/// Read [Doctor] first, which runs the checks of each [Section] on [Subjects] and returns a
/// [Finding] for each; [DoctorReport] writes them. It asks as a client does: the page `/status`,
/// DNS, the API server; and changes nothing. For the thread of a command, which may wait.
@NullMarked
package io.clusterzone.dns.doctor;

import org.jspecify.annotations.NullMarked;
