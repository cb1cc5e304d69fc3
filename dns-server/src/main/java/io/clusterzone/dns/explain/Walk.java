package io.clusterzone.dns.explain;

import io.clusterzone.dns.explain.SearchList.Candidate;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The walk of a resolver through its search list, up to the name that it takes or gives up with.
/// Immutable.
///
/// @param visits in order
/// @param found the one with the answer; null if there is none
record Walk(List<Visit> visits, @Nullable Visit found) {
  /// One name, asked for every type.
  record Visit(Candidate candidate, List<RecordedReply> replies, ResolverKind.Then then) {
    List<Outcome> outcomes() {
      return replies.stream().map(RecordedReply::outcome).toList();
    }
  }

  static Walk of(SearchList list, ExplainRequest request, RecordedServer server, InetAddress client)
      throws InterruptedException {
    List<Visit> visits = new ArrayList<>();
    boolean skips = false;
    for (Candidate candidate : list.candidates(request.name(), request.isForAddresses())) {
      if (skips && !candidate.asIs()) {
        continue;
      }
      Visit visit = visit(list.resolver(), candidate, request, server, client);
      visits.add(visit);
      switch (visit.then()) {
        case FOUND -> {
          return new Walk(visits, visit);
        }
        case STOP -> {
          return new Walk(visits, null);
        }
        case AS_IS -> skips = !candidate.asIs();
        case NEXT -> {}
      }
    }
    return new Walk(visits, null);
  }

  private static Visit visit(
      ResolverKind resolver,
      Candidate candidate,
      ExplainRequest request,
      RecordedServer server,
      InetAddress client)
      throws InterruptedException {
    List<RecordedReply> replies = server.ask(candidate.name(), request.types(), client);
    List<Outcome> outcomes = replies.stream().map(RecordedReply::outcome).toList();
    return new Visit(candidate, List.copyOf(replies), resolver.after(outcomes));
  }

  Walk {
    visits = List.copyOf(visits);
  }

  /// The questions asked before the name that was found.
  int inVain() {
    Visit last = Objects.requireNonNullElse(found, visits.getLast());
    return visits.subList(0, visits.indexOf(last)).stream()
        .mapToInt(visit -> visit.replies().size())
        .sum();
  }
}
