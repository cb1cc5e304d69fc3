package io.clusterzone.dns.server;

import io.clusterzone.dns.config.Acl;
import io.clusterzone.dns.config.Any;
import io.clusterzone.dns.config.BlockKey;
import io.clusterzone.dns.config.Bufsize;
import io.clusterzone.dns.config.Chaos;
import io.clusterzone.dns.config.Debug;
import io.clusterzone.dns.config.Errors;
import io.clusterzone.dns.config.Explain;
import io.clusterzone.dns.config.Hosts;
import io.clusterzone.dns.config.Kubernetes;
import io.clusterzone.dns.config.LoadBalance;
import io.clusterzone.dns.config.Log;
import io.clusterzone.dns.config.Minimal;
import io.clusterzone.dns.config.Nsid;
import io.clusterzone.dns.config.ServerBlock;
import io.clusterzone.dns.config.Whoami;
import io.clusterzone.dns.forward.Forwarding;
import io.clusterzone.dns.forward.LoopDetector;
import io.clusterzone.dns.ops.Scope;
import io.clusterzone.dns.ops.log.ErrorRules;
import io.clusterzone.dns.ops.log.LogFormat;
import io.clusterzone.dns.ops.log.LogRule;
import io.clusterzone.dns.query.NetworkSet;
import io.clusterzone.dns.query.Plan;
import io.clusterzone.dns.query.Step;
import io.clusterzone.dns.step.AclStep;
import io.clusterzone.dns.step.AnyStep;
import io.clusterzone.dns.step.ChaosStep;
import io.clusterzone.dns.step.ForwardStep;
import io.clusterzone.dns.step.HostsStep;
import io.clusterzone.dns.step.KubernetesStep;
import io.clusterzone.dns.step.LoopStep;
import io.clusterzone.dns.step.WhoamiStep;
import io.clusterzone.zones.answer.AnswerOptions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// From the server blocks of a Corefile to those of event loops.
public final class QueryBlocks {
  private static final Step ANY = new AnyStep();
  private static final Step WHOAMI = new WhoamiStep();

  private static final NetworkSet PRIVATE = NetworkSet.of(Explain.DEFAULT.networks());

  private final Wiring wiring;
  private final boolean debug;
  private final IdentityHashMap<ServerBlock, Plan> plans = new IdentityHashMap<>();

  /// Blocks of the same steps have one plan.
  private final Map<List<Step>, Plan> bySteps = new HashMap<>();

  private final Wiring before;
  private final boolean debugBefore;

  /// @param before the wiring of the Corefile before
  QueryBlocks(Wiring wiring, Wiring before) {
    this.wiring = wiring;
    this.debug = wiring.corefile().findFirst(Debug.class) != null;
    this.before = before;
    this.debugBefore = before.corefile().findFirst(Debug.class) != null;
  }

  /// Whether a server block of both Corefiles works with the same as before.
  boolean makesAsBefore(ServerBlock block) {
    Kubernetes kubernetes = block.find(Kubernetes.class);
    return debug == debugBefore
        && wiring.forwardings().of(block) == before.forwardings().of(block)
        && wiring.shadowings().of(block) == before.shadowings().of(block)
        && (!block.has(Hosts.class) || wiring.hosts() == before.hosts())
        && (kubernetes == null
            || wiring.clusters().of(kubernetes) == before.clusters().of(kubernetes));
  }

  /// The part of a server block for the queries for one of its keys.
  ///
  /// @param server the listener, as metrics name it
  io.clusterzone.dns.query.ServerBlock of(ServerBlock block, BlockKey key, String server) {
    return new io.clusterzone.dns.query.ServerBlock(
        key.zone(),
        new Scope(server, key.zone().toString()),
        options(block),
        plans.computeIfAbsent(block, this::plan),
        explained(block.find(Explain.class)),
        log(block.find(Log.class)),
        errors(block.find(Errors.class)),
        wiring.shadowings().of(block),
        block.refuses());
  }

  /// The steps of the directives. One that is new and has a part in answering has its line here,
  /// and its place in [io.clusterzone.dns.ops.Stage].
  private Plan plan(ServerBlock block) {
    List<Step> steps = new ArrayList<>();
    Forwarding forwarding = wiring.forwardings().of(block);
    LoopDetector loops = forwarding == null ? null : forwarding.loops();
    add(steps, block.find(Acl.class), AclStep::new);
    add(steps, loops, LoopStep::new);
    add(steps, block.find(Any.class), _ -> ANY);
    add(steps, block.find(Chaos.class), QueryBlocks::chaos);
    add(
        steps,
        block.find(Hosts.class),
        hosts -> new HostsStep(hosts, wiring.hosts().follow(hosts)));
    add(steps, block.find(Kubernetes.class), this::zones);
    add(steps, forwarding, ForwardStep::new);
    add(steps, block.find(Whoami.class), _ -> WHOAMI);
    return bySteps.computeIfAbsent(steps, Plan::new);
  }

  private static <T> void add(
      List<Step> steps, @Nullable T directive, Function<T, @Nullable Step> maker) {
    Step step = directive == null ? null : maker.apply(directive);
    if (step != null) {
      steps.add(step);
    }
  }

  private static NetworkSet explained(@Nullable Explain explain) {
    return explain == null ? PRIVATE : NetworkSet.of(explain.networks());
  }

  private static AnswerOptions options(ServerBlock block) {
    Bufsize bufsize = block.find(Bufsize.class);
    return new AnswerOptions(
        block.has(Minimal.class),
        block.has(LoadBalance.class),
        bufsize == null ? AnswerOptions.DEFAULT_MAX_UDP_SIZE : bufsize.octets(),
        nsid(block.find(Nsid.class)));
  }

  private static io.clusterzone.zones.answer.Nsid nsid(@Nullable Nsid nsid) {
    if (nsid == null) {
      return io.clusterzone.zones.answer.Nsid.NONE;
    }
    return io.clusterzone.zones.answer.Nsid.of(
        nsid.data().isEmpty() ? HostName.get() : nsid.data());
  }

  private static Step chaos(Chaos chaos) {
    String version = chaos.version().isEmpty() ? Version.name() : chaos.version();
    return new ChaosStep(version, chaos.authors(), HostName.get());
  }

  private @Nullable Step zones(Kubernetes kubernetes) {
    Cluster cluster = wiring.clusters().of(kubernetes);
    return cluster == null
        ? null
        : new KubernetesStep(kubernetes.zones(), kubernetes.fallthrough(), cluster.table());
  }

  private static List<LogRule> log(@Nullable Log log) {
    return log == null ? List.of() : log.rules().stream().map(QueryBlocks::logRule).toList();
  }

  private static LogRule logRule(Log.Rule rule) {
    return new LogRule(rule.name(), new LogFormat(rule.format()), rule.classes());
  }

  private @Nullable ErrorRules errors(@Nullable Errors errors) {
    return errors == null
        ? null
        : new ErrorRules(errors.consolidations().stream().map(this::consolidation).toList());
  }

  /// Lines of level debug are written with the directive `debug` alone.
  private ErrorRules.Consolidation consolidation(Errors.Consolidation kind) {
    return new ErrorRules.Consolidation(kind, kind.level() != Errors.Level.DEBUG || debug);
  }
}
