/// Where the questions of a comparison come from: a zone, a list, a log, a capture.
///
/// Read [QuestionSource] first. Each source is read by one thread, lazily, so that a stream may go
/// on for ever.
@NullMarked
package io.clusterzone.dns.compare.question;

import org.jspecify.annotations.NullMarked;
