package io.clusterzone.dns.server;

import io.clusterzone.dns.config.Any;
import io.clusterzone.dns.config.BlockKey;
import io.clusterzone.dns.config.Bufsize;
import io.clusterzone.dns.config.Chaos;
import io.clusterzone.dns.config.Debug;
import io.clusterzone.dns.config.Errors;
import io.clusterzone.dns.config.Hosts;
import io.clusterzone.dns.config.Kubernetes;
import io.clusterzone.dns.config.LoadBalance;
import io.clusterzone.dns.config.Log;
import io.clusterzone.dns.config.Minimal;
import io.clusterzone.dns.config.Nsid;
import io.clusterzone.dns.config.ServerBlock;
import io.clusterzone.dns.config.Whoami;
import io.clusterzone.dns.ops.Scope;
import io.clusterzone.dns.ops.log.ErrorRules;
import io.clusterzone.dns.ops.log.LogFormat;
import io.clusterzone.dns.ops.log.LogRule;
import io.clusterzone.dns.ops.log.ResponseClass;
import io.clusterzone.dns.query.ChaosTexts;
import io.clusterzone.dns.query.ClusterZones;
import io.clusterzone.dns.query.HostNames;
import io.clusterzone.zones.answer.AnswerOptions;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// From the server blocks of a Corefile to those that event loops work with.
public final class QueryBlocks {
  private final Wiring wiring;
  private final boolean debug;

  QueryBlocks(Wiring wiring) {
    this.wiring = wiring;
    this.debug = wiring.corefile().blocks().stream().anyMatch(block -> block.has(Debug.class));
  }

  /// What a server block does with the queries for one of its keys.
  ///
  /// @param server the listener, as metrics name it
  io.clusterzone.dns.query.ServerBlock of(ServerBlock block, BlockKey key, String server) {
    return new io.clusterzone.dns.query.ServerBlock(
        key.zone(),
        new Scope(server, key.zone().toString()),
        options(block),
        chaos(block.find(Chaos.class)),
        block.has(Any.class),
        hosts(block.find(Hosts.class)),
        zones(block.find(Kubernetes.class)),
        wiring.forwardings().of(block),
        block.has(Whoami.class),
        log(block.find(Log.class)),
        errors(block.find(Errors.class)),
        block.refuses());
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

  private static @Nullable ChaosTexts chaos(@Nullable Chaos chaos) {
    if (chaos == null) {
      return null;
    }
    String version = chaos.version().isEmpty() ? Version.name() : chaos.version();
    return new ChaosTexts(version, chaos.authors(), HostName.get());
  }

  private @Nullable HostNames hosts(@Nullable Hosts directive) {
    return directive == null
        ? null
        : new HostNames(
            directive.zones(),
            directive.fallthrough(),
            directive.fallthroughUnsupported(),
            wiring.hosts().follow(directive));
  }

  private @Nullable ClusterZones zones(@Nullable Kubernetes kubernetes) {
    Cluster cluster = kubernetes == null ? null : wiring.clusters().of(kubernetes);
    return kubernetes == null || cluster == null
        ? null
        : new ClusterZones(kubernetes.zones(), kubernetes.fallthrough(), cluster.table());
  }

  private static List<LogRule> log(@Nullable Log log) {
    return log == null ? List.of() : log.rules().stream().map(QueryBlocks::logRule).toList();
  }

  private static LogRule logRule(Log.Rule rule) {
    return new LogRule(
        rule.name(),
        new LogFormat(rule.format()),
        rule.classes().stream().map(QueryBlocks::responseClass).collect(Collectors.toSet()));
  }

  private static ResponseClass responseClass(Log.ResponseClass responses) {
    return switch (responses) {
      case SUCCESS -> ResponseClass.SUCCESS;
      case DENIAL -> ResponseClass.DENIAL;
      case ERROR -> ResponseClass.ERROR;
    };
  }

  private @Nullable ErrorRules errors(@Nullable Errors errors) {
    return errors == null
        ? null
        : new ErrorRules(errors.consolidations().stream().map(this::consolidation).toList());
  }

  /// What is of level debug is written with the directive `debug` alone.
  private ErrorRules.Consolidation consolidation(Errors.Consolidation kind) {
    boolean shown = kind.level() != Errors.Level.DEBUG || debug;
    return new ErrorRules.Consolidation(
        kind.period(),
        kind.pattern(),
        kind.matcher(),
        new ErrorRules.Writing(kind.level().name(), shown, kind.showFirst()));
  }
}
