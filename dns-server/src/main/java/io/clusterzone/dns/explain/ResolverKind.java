package io.clusterzone.dns.explain;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/// The resolvers that Pods have, as far as they differ in walking a search list. From their sources
/// as of 2025: glibc's `res_query.c`, musl's `lookup_name.c`, Go's `dnsclient_unix.go`; the manual
/// of the list itself is resolv.conf(5).
public enum ResolverKind {
  /// Asks for both families of addresses at a time, and goes on after NXDOMAIN, NODATA and
  /// SERVFAIL. After any other failure it skips to the name as it is.
  GLIBC,

  /// Asks for both families at a time. Only NXDOMAIN lets it go on: it stops at NODATA, and at a
  /// failure, even if the other family has an answer. A name with enough dots is not searched for,
  /// nor is any that is asked for other types than addresses.
  MUSL,

  /// Asks for both families at a time, and goes on whatever happened.
  GO;

  /// What a resolver does once a name has been asked for.
  enum Then {
    FOUND,
    NEXT,
    /// The rest of the search list is left out.
    AS_IS,
    STOP
  }

  /// Whether a name with at least `ndots` dots is searched for after it was asked as it is.
  boolean searchesDottedNames() {
    return this != MUSL;
  }

  /// Whether other types than addresses are searched for.
  boolean searchesOtherTypes() {
    return this != MUSL;
  }

  /// @param outcomes of the questions for one name, A before AAAA
  Then after(List<Outcome> outcomes) {
    boolean found = outcomes.contains(Outcome.ANSWER);
    return switch (this) {
      case GLIBC -> found ? Then.FOUND : afterNothing(outcomes);
      case MUSL -> strictly(outcomes);
      case GO -> found ? Then.FOUND : Then.NEXT;
    };
  }

  private static Then afterNothing(List<Outcome> outcomes) {
    Set<Outcome> goesOn = Set.of(Outcome.NXDOMAIN, Outcome.NODATA, Outcome.SERVFAIL);
    return goesOn.containsAll(outcomes) ? Then.NEXT : Then.AS_IS;
  }

  /// The first reply that is no NOERROR decides.
  private static Then strictly(List<Outcome> outcomes) {
    for (Outcome outcome : outcomes) {
      switch (outcome) {
        case NXDOMAIN -> {
          return Then.NEXT;
        }
        case SERVFAIL, REFUSED, OTHER, NO_REPLY -> {
          return Then.STOP;
        }
        case ANSWER, NODATA -> {}
      }
    }
    return outcomes.contains(Outcome.ANSWER) ? Then.FOUND : Then.STOP;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
