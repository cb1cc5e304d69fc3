/// The pages for kubelets, Prometheus and operators over HTTP.
///
/// Read [AdminServer] first: it opens one [HttpListener] for each address, and changes the pages
/// while they are read. An [HttpPage] is one path; [DiagnosticPages] are those of `pprof`, an
/// [AdminPage] is one of `admin`: its [HttpQuery] read, its rate bound, no other web site's.
/// Connections have virtual threads, never an event loop.
@NullMarked
package io.clusterzone.dns.ops.http;

import org.jspecify.annotations.NullMarked;
