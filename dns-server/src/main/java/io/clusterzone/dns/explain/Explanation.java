package io.clusterzone.dns.explain;

import io.clusterzone.dns.explain.SearchList.Candidate;
import io.clusterzone.dns.explain.Walk.Visit;
import io.clusterzone.dns.ops.Mnemonics;
import io.clusterzone.k8s.records.ClusterObjects;
import io.clusterzone.zones.name.Name;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// All that is known once the names have been asked for, and its JSON. For one explanation.
final class Explanation {
  private final Explained explained;
  private final RecordedServer server;
  private final List<ClusterObjects> clusters;
  private final Client client;
  private final SearchList list;
  private final Walk walk;
  private final Near near;

  Explanation(
      Explained explained,
      RecordedServer server,
      List<ClusterObjects> clusters,
      Client client,
      SearchList list,
      Walk walk,
      Near near) {
    this.explained = explained;
    this.server = server;
    this.clusters = clusters;
    this.client = client;
    this.list = list;
    this.walk = walk;
    this.near = near;
  }

  ObjectNode json(ExplainRequest request) throws InterruptedException {
    List<Finding> findings = new ArrayList<>();
    Visit visit = choose(findings);
    Name name = visit.candidate().name();
    ClusterObjects cluster = cluster(name);
    ObjectNode json = Json.object();
    json.put("name", request.name());
    json.set("types", Json.texts(request.types().stream().map(Mnemonics::type).toList()));
    json.set("from", ContextJson.of(client));
    json.set("resolver", ContextJson.of(list));
    json.set("walk", ContextJson.of(walk));
    json.put("resolves", walk.found() != null);
    json.put("about", name.toString());
    ArrayNode replies = json.putArray("replies");
    visit.replies().forEach(reply -> replies.add(ReplyJson.of(reply, explained.listener())));
    boolean keptOut = visit.replies().stream().anyMatch(RecordedReply::isKeptOut);
    json.set("zone", cluster == null || keptOut ? Json.object() : ZoneJson.of(name, cluster));
    ArrayNode objects =
        cluster == null || keptOut
            ? Json.array()
            : new ObjectsJson(cluster, near).of(name, visit.replies());
    json.set("objects", objects);
    json.set("data", ContextJson.of(freshness(cluster)));
    findings.addAll(ofWalk(request));
    if (walk.found() != null && knowsEndpoints(cluster)) {
      findings.addAll(behind(objects));
    }
    ArrayNode found = json.putArray("findings");
    findings.stream().distinct().forEach(finding -> found.add(ContextJson.of(finding)));
    return json;
  }

  /// The visit that the explanation is about: the one with the answer, else the one whose findings
  /// say the most.
  private Visit choose(List<Finding> findings) {
    Visit found = walk.found();
    if (found != null) {
      for (RecordedReply reply : found.replies()) {
        if (reply.outcome() == Outcome.ANSWER) {
          findings.addAll(new Findings(cluster(reply.name()), near).of(reply));
        }
      }
      return found;
    }
    List<Looked> looked = walk.visits().stream().map(this::look).toList();
    Looked best = looked.stream().max(Comparator.comparingInt(Looked::score)).orElseThrow();
    findings.addAll(best.findings());
    if (best.findings().stream().allMatch(finding -> finding.suggestion().isEmpty())) {
      // The name may have been meant for an upstream that fails.
      looked.stream()
          .flatMap(one -> one.findings().stream())
          .filter(finding -> finding.kind() == FindingKind.UPSTREAM)
          .forEach(findings::add);
    }
    return best.visit();
  }

  private Looked look(Visit visit) {
    List<Finding> all = new ArrayList<>();
    ClusterObjects cluster = cluster(visit.candidate().name());
    boolean denied = false;
    for (RecordedReply reply : visit.replies()) {
      boolean denies = reply.outcome() == Outcome.NXDOMAIN && reply.answersNothing();
      if (!denied || !denies) {
        // A name that does not exist has no record of the other type for the same reason.
        all.addAll(new Findings(cluster, near).of(reply));
      }
      denied |= denies;
    }
    int shape = cluster == null ? 0 : Looked.shape(visit.candidate().name(), cluster);
    return new Looked(visit, all.stream().distinct().toList(), shape);
  }

  private @Nullable ClusterObjects cluster(Name name) {
    byte[] folded = name.toFoldedWire();
    return clusters.stream()
        .filter(one -> one.zones().longestMatch(folded, 0, folded.length) != null)
        .max(
            Comparator.comparingInt(one ->
                Objects.requireNonNull(one.zones().longestMatch(folded, 0, folded.length))
                    .apex()
                    .length()))
        .orElse(clusters.isEmpty() ? null : clusters.getFirst());
  }

  private List<ExplainedCluster.Freshness> freshness(@Nullable ClusterObjects cluster) {
    int place = cluster == null ? -1 : clusters.indexOf(cluster);
    return place < 0 ? List.of() : explained.clusters().get(place).freshness();
  }

  private boolean knowsEndpoints(@Nullable ClusterObjects cluster) {
    int place = cluster == null ? -1 : clusters.indexOf(cluster);
    return place >= 0 && explained.clusters().get(place).knowsAllEndpoints();
  }

  private List<Finding> ofWalk(ExplainRequest request) throws InterruptedException {
    List<Finding> findings = new ArrayList<>();
    if (walk.found() != null && walk.inVain() > 0) {
      findings.add(
          new Finding(
              FindingKind.SEARCH_LONG,
              "%d questions are asked in vain before this name".formatted(walk.inVain())));
    }
    if (walk.found() == null) {
      Name missed = missed(request);
      if (missed != null) {
        findings.add(
            new Finding(
                FindingKind.SEARCH_ENDED,
                "%s stops before `%s`, which resolves".formatted(list.resolver(), missed),
                missed.toString()));
      }
    }
    return findings;
  }

  /// The first name that resolves among those that another resolver would have asked for.
  private @Nullable Name missed(ExplainRequest request) throws InterruptedException {
    List<Name> asked = walk.visits().stream().map(visit -> visit.candidate().name()).toList();
    var longest = new SearchList(ResolverKind.GO, list.ndots(), list.domains());
    for (Candidate candidate : longest.candidates(request.name(), true)) {
      for (int type : request.types()) {
        if (!asked.contains(candidate.name())
            && answers(candidate.name(), type, client.address())) {
          return candidate.name();
        }
      }
    }
    return null;
  }

  private boolean answers(Name name, int type, InetAddress from) throws InterruptedException {
    return server.ask(name, type, from).outcome() == Outcome.ANSWER;
  }

  private List<Finding> behind(ArrayNode objects) {
    List<Finding> findings = new ArrayList<>();
    objects.forEach(object -> {
      boolean virtual = object.path("type").asString().startsWith("Cluster");
      if (virtual && object.path("endpoints").path("ready").asInt() == 0) {
        findings.add(
            new Finding(
                FindingKind.NOBODY_BEHIND,
                "Service `%s` has no ready endpoint".formatted(object.path("name").asString())));
      }
    });
    return findings;
  }
}
