/// Two replies to one question: the difference, and whose fault it is. No sockets, no clock.
///
/// Read [Difference] first: the heaviest field in which two answers differ. [AnswerReader] makes an
/// [Answer] of a reply's octets, and [Judge] finds the [Judgement]; [Deviation] lists the known
/// deviations of CoreDNS. Stateless but for immutable values, so any thread may use it.
@NullMarked
package io.clusterzone.dns.compare;

import org.jspecify.annotations.NullMarked;
