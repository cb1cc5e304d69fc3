package io.clusterzone.dns.explain;

import io.clusterzone.dns.explain.Messages.Row;
import io.clusterzone.dns.ops.Mnemonics;
import io.clusterzone.dns.ops.Stage;
import io.clusterzone.dns.query.Ending;
import io.clusterzone.k8s.records.ClusterObjects;
import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.wire.ExtendedError;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Finds out why a reply is what it is. For one explanation.
final class Findings {
  private final @Nullable ClusterObjects cluster;
  private final Near near;

  /// @param cluster null if the server has none
  Findings(@Nullable ClusterObjects cluster, Near near) {
    this.cluster = cluster;
    this.near = near;
  }

  List<Finding> of(RecordedReply reply) {
    if (reply.isKeptOut()) {
      return List.of(
          new Finding(
              FindingKind.BLOCKED, "`acl` keeps this client from `%s`".formatted(reply.name())));
    }
    List<Finding> findings = new ArrayList<>();
    switch (reply.outcome()) {
      case ANSWER -> {}
      case NO_REPLY ->
          findings.add(
              new Finding(
                  FindingKind.NO_REPLY,
                  "the query for `%s` %s"
                      .formatted(
                          reply.name(),
                          reply.steps().isEmpty() ? "is not answered in time" : "is dropped")));
      case REFUSED -> {
        if (reply.steps().isEmpty()) {
          findings.addAll(missed(reply));
          findings.add(
              new Finding(
                  FindingKind.NO_BLOCK, "no server block takes `%s`".formatted(reply.name())));
        }
      }
      case SERVFAIL, OTHER -> findings.addAll(failed(reply));
      case NODATA, NXDOMAIN -> {
        Name target = target(reply);
        findings.addAll(target == null ? missed(reply) : ofTarget(reply, target));
        if (findings.isEmpty() && reply.outcome() == Outcome.NXDOMAIN) {
          findings.add(
              new Finding(FindingKind.NOTHING_NEAR, "`%s` does not exist".formatted(reply.name())));
        }
      }
    }
    if (!reply.isDropped()) {
      findings.addAll(remarks(reply));
    }
    return findings;
  }

  private List<Finding> missed(RecordedReply reply) {
    return cluster == null ? List.of() : new Misses(cluster, near).of(reply.name(), reply.type());
  }

  private List<Finding> failed(RecordedReply reply) {
    Messages.Reason error = Messages.error(reply.message());
    String text = error == null || error.text().isEmpty() ? "" : ": " + error.text();
    if (error != null && error.code() == ExtendedError.NOT_READY) {
      return List.of(
          new Finding(
              FindingKind.NOT_LEARNT, "the cluster is being learnt, so that nothing is denied"));
    }
    Taken last = reply.last();
    if (last == null || last.ending() == Ending.PASS) {
      List<Finding> findings = new ArrayList<>(missed(reply));
      findings.add(
          new Finding(
              FindingKind.NO_ANSWERER,
              "no directive of the server block answers for `%s`".formatted(reply.name())));
      return findings;
    }
    return List.of(
        new Finding(
            last.step() == Stage.KUBERNETES ? FindingKind.ALIAS_TARGET : FindingKind.UPSTREAM,
            "%s ends with %s%s"
                .formatted(
                    last.step() == Stage.KUBERNETES
                        ? "the chain of aliases"
                        : "what an upstream was asked for",
                    Mnemonics.rcode(reply.rcode()),
                    text)));
  }

  /// The end of the chain of aliases; null if the name is none.
  private static @Nullable Name target(RecordedReply reply) {
    Name target = null;
    for (Row row : Messages.answers(reply.message())) {
      if (row.type().equals("CNAME")) {
        target = Name.parse(row.data());
      }
    }
    return target;
  }

  private List<Finding> ofTarget(RecordedReply reply, Name target) {
    List<Finding> findings = new ArrayList<>();
    findings.add(
        new Finding(
            FindingKind.ALIAS_TARGET,
            "`%s` is an alias of `%s`, which has no %s record (%s)"
                .formatted(
                    reply.name(), target, Mnemonics.type(reply.type()), reply.outcome().name())));
    if (cluster != null) {
      findings.addAll(new Misses(cluster, near).of(target, reply.type()));
    }
    return findings;
  }

  private static List<Finding> remarks(RecordedReply reply) {
    List<Finding> findings = new ArrayList<>();
    Messages.Reason error = Messages.error(reply.message());
    boolean stale =
        error != null
            && (error.code() == ExtendedError.STALE_ANSWER
                || error.code() == ExtendedError.STALE_NXDOMAIN);
    if (stale) {
      findings.add(new Finding(FindingKind.STALE, "the data may be out of date"));
    }
    if (reply.tcp()) {
      findings.add(
          new Finding(
              FindingKind.TRUNCATED,
              "the answer has %d octets, more than a datagram takes"
                  .formatted(reply.message().length)));
    }
    return findings;
  }
}
