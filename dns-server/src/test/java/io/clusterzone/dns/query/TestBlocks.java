package io.clusterzone.dns.query;

import io.clusterzone.dns.config.Explain;
import io.clusterzone.dns.forward.Forwarding;
import io.clusterzone.dns.forward.LoopDetector;
import io.clusterzone.dns.ops.Scope;
import io.clusterzone.dns.ops.log.ErrorRules;
import io.clusterzone.dns.ops.log.LogRule;
import io.clusterzone.dns.step.AnyStep;
import io.clusterzone.dns.step.ChaosStep;
import io.clusterzone.dns.step.ForwardStep;
import io.clusterzone.dns.step.HostsStep;
import io.clusterzone.dns.step.KubernetesStep;
import io.clusterzone.dns.step.LoopStep;
import io.clusterzone.dns.step.WhoamiStep;
import io.clusterzone.zones.answer.AnswerOptions;
import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.record.RRset;
import io.clusterzone.zones.record.Rdata;
import io.clusterzone.zones.zone.Content;
import io.clusterzone.zones.zone.Zone;
import io.clusterzone.zones.zone.ZoneEditor;
import io.clusterzone.zones.zone.ZoneTable;
import io.clusterzone.zones.zone.Zones;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Server blocks for tests, each directive added by name.
final class TestBlocks {
  private final Name zone;
  private AnswerOptions options = AnswerOptions.DEFAULT;
  private final List<Step> steps = new ArrayList<>();
  private NetworkSet explained = NetworkSet.of(Explain.ON.networks());
  private List<LogRule> log = List.of();
  private @Nullable ErrorRules errors;
  private @Nullable ReplyTap tap;
  private boolean refuses;

  private TestBlocks(String zone) {
    this.zone = Name.parse(zone);
  }

  static TestBlocks at(String zone) {
    return new TestBlocks(zone);
  }

  static Scope scope(String zone) {
    return new Scope("dns://:53", zone);
  }

  TestBlocks options(AnswerOptions wanted) {
    options = wanted;
    return this;
  }

  TestBlocks chaos(String version, String... authors) {
    return step(new ChaosStep(version, List.of(authors), "node-1"));
  }

  TestBlocks step(Step step) {
    steps.add(step);
    return this;
  }

  TestBlocks any() {
    return step(new AnyStep());
  }

  TestBlocks kubernetes(ZoneTable table, String zones, String fallthrough) {
    return step(new KubernetesStep(names(zones), names(fallthrough), table));
  }

  TestBlocks hosts(HostsStep hosts) {
    return step(hosts);
  }

  TestBlocks whoami() {
    return step(new WhoamiStep());
  }

  TestBlocks explain(Explain explain) {
    explained = NetworkSet.of(explain.networks());
    return this;
  }

  TestBlocks log(LogRule... rules) {
    log = List.of(rules);
    return this;
  }

  TestBlocks forwarding(Forwarding directives) {
    LoopDetector loops = directives.loops();
    if (loops != null) {
      var _ = step(new LoopStep(loops));
    }
    return step(new ForwardStep(directives));
  }

  TestBlocks errors() {
    return errors(ErrorRules.PLAIN);
  }

  TestBlocks errors(ErrorRules rules) {
    errors = rules;
    return this;
  }

  TestBlocks tap(ReplyTap wanted) {
    tap = wanted;
    return this;
  }

  TestBlocks refuses() {
    refuses = true;
    return this;
  }

  ServerBlock block() {
    return new ServerBlock(
        zone,
        scope(zone.toString()),
        options,
        new Plan(steps),
        explained,
        log,
        errors,
        tap,
        refuses);
  }

  private static List<Name> names(String text) {
    return Arrays.stream(text.split(" ", -1)).filter(t -> !t.isEmpty()).map(Name::parse).toList();
  }

  /// Zones of the given apexes. Each has an A record at `web`, an alias `alias` of it, and an alias
  /// `gone` of a name that does not exist.
  static ZoneTable zones(boolean synced, String... apexes) {
    return new ZoneTable(
        new Zones(Arrays.stream(apexes).map(apex -> zone(Name.parse(apex), synced)).toList()));
  }

  /// The same zones, known from an earlier time.
  static ZoneTable stale(ZoneTable table) {
    return new ZoneTable(
        new Zones(
            table.current().all().stream()
                .map(zone -> {
                  ZoneEditor editor = new ZoneEditor(zone);
                  editor.stale(true);
                  return editor.finish(3).zone();
                })
                .toList()));
  }

  private static Zone zone(Name apex, boolean synced) {
    var soa = new Rdata.Soa(apex.child("ns"), apex.child("hostmaster"), 1, 7200, 1800, 86400, 5);
    ZoneEditor editor = new ZoneEditor(Zone.of(apex, soa, 5));
    put(editor, apex.child("web"), new Rdata.A(0x0a600001));
    put(editor, apex.child("alias"), new Rdata.Cname(apex.child("web")));
    put(editor, apex.child("gone"), new Rdata.Cname(apex.child("missing")));
    editor.synced(synced);
    return editor.finish(2).zone();
  }

  private static void put(ZoneEditor editor, Name owner, Rdata rdata) {
    editor.replace(owner, Content.of(RRset.of(5, List.of(rdata))));
  }
}
