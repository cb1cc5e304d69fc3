package io.clusterzone.dns.shadow;

import io.clusterzone.dns.compare.Deviation;
import io.clusterzone.dns.compare.Judgement.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/// The state of all directives `shadow` at one time, as the page `/shadow` shows it. The fields of
/// a difference are those of the reports of `compare`. Immutable.
public final class ShadowReport {
  private final SequencedMap<String, Map<String, Long>> peers;
  private final Map<String, Long> dropped;
  private final Map<Kind, Long> judgements;
  private final List<KeptDifference> differences;

  /// @param peers the counts of each address
  /// @param dropped by reason
  /// @param judgements of all addresses
  /// @param differences the last ones, the last one first
  ShadowReport(
      SequencedMap<String, Map<String, Long>> peers,
      Map<String, Long> dropped,
      Map<Kind, Long> judgements,
      List<KeptDifference> differences) {
    this.peers = peers;
    this.dropped = dropped;
    this.judgements = judgements;
    this.differences = List.copyOf(differences);
  }

  /// For a script.
  public Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("format", "clusterzone-shadow");
    json.put("version", 1);
    List<Map<String, Object>> servers = new ArrayList<>();
    peers.forEach((to, counts) -> {
      Map<String, Object> server = new LinkedHashMap<>();
      server.put("to", to);
      server.putAll(counts);
      servers.add(server);
    });
    json.put("servers", servers);
    json.put("dropped", dropped);
    List<Map<String, Object>> kinds = new ArrayList<>();
    judgements.forEach(
        (kind, count) -> kinds.add(Map.of("judgement", kind.toString(), "count", count)));
    json.put("judgements", kinds);
    json.put("differences", differences.stream().map(ShadowReport::json).toList());
    return json;
  }

  private static Map<String, Object> json(KeptDifference kept) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("question", kept.question());
    json.put("judgement", kept.judgement().kind().toString());
    Deviation deviation = kept.judgement().deviation();
    if (deviation != null) {
      json.put("deviation", deviation.toString());
      json.put("rule", deviation.rule() + ": " + deviation.sentence());
    }
    json.put("field", kept.difference().field().toString());
    json.put("here", kept.difference().here());
    json.put("there", kept.difference().there());
    json.put("answerHere", kept.here());
    json.put("answerThere", kept.there());
    json.put("to", kept.to());
    json.put("count", kept.count());
    json.put("first", kept.first().toString());
    json.put("last", kept.last().toString());
    return json;
  }

  /// For a person, in the form of `compare`.
  ///
  /// @param details whether each difference has both replies
  public String text(boolean details) {
    var text = new ShadowText();
    text.summary(peers, dropped, judgements);
    groups().forEach(text::group);
    if (details) {
      differences.forEach(text::details);
    }
    text.verdict(judgements, peers.isEmpty());
    return text.toString();
  }

  /// The differences that look alike, by judgement.
  private List<List<KeptDifference>> groups() {
    return differences.stream()
        .collect(
            Collectors.groupingBy(
                kept -> Map.entry(kept.judgement(), kept.difference()),
                LinkedHashMap::new,
                Collectors.toList()))
        .values()
        .stream()
        .sorted((one, other) -> kind(one).compareTo(kind(other)))
        .toList();
  }

  private static Kind kind(List<KeptDifference> group) {
    return group.getFirst().judgement().kind();
  }
}
