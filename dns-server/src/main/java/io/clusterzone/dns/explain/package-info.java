/// Why a name resolves, or does not, as seen by one client.
///
/// Read [Explainer] first: it walks the search list of the client's resolver ([SearchList]) and
/// asks each name of the server's own plan of steps, whose [RecordingStep]s note what each does
/// with it ([RecordedServer]); nothing here decides about an answer. What is near a name that does
/// not exist ([Misses]) and which objects an answer comes from ([Origins]) is looked up in the
/// objects behind the zones. The result is JSON, and [ExplanationText] makes it a page for people.
/// Called by threads that may wait; the questions themselves run on an event loop.
@NullMarked
package io.clusterzone.dns.explain;

import org.jspecify.annotations.NullMarked;
