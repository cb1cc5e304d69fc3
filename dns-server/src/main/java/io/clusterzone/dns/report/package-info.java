/// What `check` found, as a person reads it, as JSON and as SARIF.
/// [io.clusterzone.dns.report.Report] is what is written, [io.clusterzone.dns.report.ReportFormat]
/// the ways to write it.
@NullMarked
package io.clusterzone.dns.report;

import org.jspecify.annotations.NullMarked;
