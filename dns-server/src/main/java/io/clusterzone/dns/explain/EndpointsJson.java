package io.clusterzone.dns.explain;

import io.clusterzone.dns.explain.Messages.Row;
import io.clusterzone.dns.ops.Mnemonics;
import io.clusterzone.k8s.model.ClusterObject.Port;
import io.clusterzone.k8s.model.IpAddress;
import io.clusterzone.k8s.records.NamedEndpoint;
import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.record.RRType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The endpoints of a Service as seen from one name: those that are in the answer, and for each
/// other the field that keeps it out. An endpoint counts as in the answer if the reply has it.
final class EndpointsJson {
  /// The most that are listed, those that are left out first.
  private static final int MOST_LISTED = 40;

  private static final String IN_ANSWER = "answer";
  private static final String BEHIND = "behind";
  private static final String LEFT_OUT = "left out";

  private record Fate(NamedEndpoint endpoint, String use, String why) {}

  private final Name asked;
  private final List<RecordedReply> replies;
  private final boolean headless;
  private final List<Row> answer = new ArrayList<>();

  /// @param asked the name, which is the Service's or is below it
  /// @param replies one for each type
  /// @param headless whether the Service's name has its endpoints' addresses
  EndpointsJson(Name asked, List<RecordedReply> replies, boolean headless) {
    this.asked = asked.folded();
    this.replies = replies;
    this.headless = headless;
    for (RecordedReply reply : replies) {
      if (!reply.isDropped()) {
        answer.addAll(Messages.answers(reply.message()));
      }
    }
  }

  ObjectNode of(List<NamedEndpoint> endpoints, Name service) {
    List<Fate> fates = endpoints.stream().map(one -> fate(one, service)).toList();
    Map<String, Integer> leftOut = new TreeMap<>();
    for (Fate fate : fates) {
      if (fate.use().equals(LEFT_OUT)) {
        leftOut.merge(fate.why(), 1, Integer::sum);
      }
    }
    ObjectNode json = Json.object();
    json.put("addresses", fates.size());
    json.put("ready", fates.stream().filter(fate -> fate.endpoint().endpoint().ready()).count());
    json.put("inAnswer", fates.stream().filter(fate -> fate.use().equals(IN_ANSWER)).count());
    json.put("behind", fates.stream().filter(fate -> fate.use().equals(BEHIND)).count());
    ObjectNode reasons = json.putObject("leftOut");
    leftOut.forEach(reasons::put);
    ArrayNode list = json.putArray("list");
    fates.stream()
        .sorted(Comparator.comparingInt(EndpointsJson::order))
        .limit(MOST_LISTED)
        .forEach(fate -> list.add(json(fate)));
    json.put("notListed", Math.max(0, fates.size() - MOST_LISTED));
    return json;
  }

  private static int order(Fate fate) {
    return !fate.use().equals(LEFT_OUT) ? 2 : fate.why().equals("other name") ? 3 : 1;
  }

  private Fate fate(NamedEndpoint one, Name service) {
    if (isAnswered(one)) {
      return new Fate(one, IN_ANSWER, "");
    }
    if (!one.endpoint().ready()) {
      return new Fate(one, LEFT_OUT, one.endpoint().terminating() ? "terminating" : "not ready");
    }
    Name name = one.name();
    if (name == null) {
      return new Fate(one, LEFT_OUT, "no name that DNS can carry");
    }
    boolean atService = asked.equals(service.folded()) || isPort();
    if (!headless && atService) {
      return new Fate(one, BEHIND, "");
    }
    if (!atService && !name.folded().equals(asked)) {
      return new Fate(one, LEFT_OUT, "other name");
    }
    return new Fate(one, LEFT_OUT, isPort() && !offersPort(one) ? "other port" : otherRecord(one));
  }

  private boolean isPort() {
    List<String> labels = Labels.all(asked);
    return labels.size() > 2 && labels.get(0).startsWith("_") && labels.get(1).startsWith("_");
  }

  private boolean offersPort(NamedEndpoint one) {
    List<String> labels = Labels.all(asked);
    for (Port port : one.ports()) {
      if (labels.get(0).equals("_" + port.name().toLowerCase(Locale.ROOT))
          && labels.get(1).equals("_" + port.protocol())) {
        return true;
      }
    }
    return false;
  }

  private String otherRecord(NamedEndpoint one) {
    boolean addressAsked =
        replies.stream().anyMatch(reply -> reply.type() == RRType.A || reply.type() == RRType.AAAA);
    if (addressAsked) {
      return "other family";
    }
    boolean numbered = one.ports().stream().anyMatch(port -> port.number() >= 0);
    return replies.stream().anyMatch(reply -> reply.type() == RRType.SRV) && !numbered
        ? "no port number"
        : "no record of the type";
  }

  /// Whether the reply has its address, or leads to its name.
  private boolean isAnswered(NamedEndpoint one) {
    Name name = one.name();
    String address = one.address().toString();
    String own = name == null ? "" : name.toString().toLowerCase(Locale.ROOT);
    for (Row row : answer) {
      String data = row.data().toLowerCase(Locale.ROOT);
      if (row.type().equals(Mnemonics.type(one.address().isV4() ? RRType.A : RRType.AAAA))
          && address.equals(canonical(data))) {
        return true;
      }
      boolean leads = row.type().equals("SRV") || row.type().equals("PTR");
      if (leads && !own.isEmpty() && data.substring(data.lastIndexOf(' ') + 1).equals(own)) {
        return true;
      }
    }
    return false;
  }

  private static String canonical(String address) {
    IpAddress parsed = IpAddress.tryParse(address);
    return parsed == null ? "" : parsed.toString();
  }

  private static ObjectNode json(Fate fate) {
    NamedEndpoint one = fate.endpoint();
    ObjectNode json = Json.object();
    json.put("address", one.address().toString());
    json.put("name", String.valueOf(one.name()));
    json.put("pod", one.endpoint().pod());
    json.put("slice", one.slice().name());
    json.put("zone", one.endpoint().zone());
    json.put("ready", one.endpoint().ready());
    json.put("terminating", one.endpoint().terminating());
    json.put("use", fate.use());
    json.put("why", fate.why());
    return json;
  }
}
