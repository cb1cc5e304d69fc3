package io.clusterzone.dns.explain;

import io.clusterzone.k8s.records.ClusterObjects;
import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.record.RRType;
import io.clusterzone.zones.wire.Rcode;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// Explains names as one server answers them. The answers are the server's: each question runs
/// through its plan of steps. For any thread that may wait.
public final class Explainer {
  private final Explained explained;

  public Explainer(Explained explained) {
    this.explained = explained;
  }

  /// The explanation as JSON: verdict, walk, replies with their steps, zone, objects, findings.
  ///
  /// @throws ExplainedCluster.Busy if a cluster cannot be looked at now
  public ObjectNode explain(ExplainRequest request) throws InterruptedException {
    var server = new RecordedServer(explained);
    List<ClusterObjects> clusters = new ArrayList<>();
    for (ExplainedCluster cluster : explained.clusters()) {
      clusters.add(cluster.objects());
    }
    Client client = Client.of(request.from(), clusters);
    Name zone = clusters.isEmpty() ? null : clusters.getFirst().options().primaryZone();
    var list = SearchList.of(request.resolver(), request.ndots(), client.namespace(), zone);
    Walk walk = Walk.of(list, request, server, client.address());
    var near = new Near(name -> isSeen(name, server, client));
    return new Explanation(explained, server, clusters, client, list, walk, near).json(request);
  }

  private static boolean isSeen(Name name, RecordedServer server, Client client) {
    try {
      RecordedReply reply = server.ask(name, RRType.A, client.address());
      return !reply.isDropped() && !reply.isKeptOut() && reply.rcode() == Rcode.NOERROR;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
