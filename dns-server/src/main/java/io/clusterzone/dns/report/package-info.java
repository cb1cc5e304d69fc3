/// The finds of `check`, for a person, as JSON and as SARIF.
///
/// Read [Report] first, the finds, and then [ReportFormat], the ways to write them.
@NullMarked
package io.clusterzone.dns.report;

import org.jspecify.annotations.NullMarked;
