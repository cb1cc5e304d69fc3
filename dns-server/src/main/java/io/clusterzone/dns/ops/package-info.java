/// The numbers that an operator sees: counters of the event loops, and the metrics page.
///
/// Read [Counters] and [DnsMetrics] first: event loops count without contention, in arrays of their
/// own, and the page adds them up when it is asked for. Every other source of numbers is a
/// [MetricSource]; [Metrics] writes all of them as a text.
@NullMarked
package io.clusterzone.dns.ops;

import org.jspecify.annotations.NullMarked;
