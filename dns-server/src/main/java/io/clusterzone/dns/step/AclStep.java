package io.clusterzone.dns.step;

import io.clusterzone.dns.config.Acl;
import io.clusterzone.dns.ops.Stage;
import io.clusterzone.dns.query.Asked;
import io.clusterzone.dns.query.Ending;
import io.clusterzone.dns.query.NetworkSet;
import io.clusterzone.dns.query.Step;
import io.clusterzone.dns.query.ZoneNames;
import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.wire.ExtendedError;
import io.clusterzone.zones.wire.QuestionView;
import io.clusterzone.zones.wire.Rcode;
import io.clusterzone.zones.wire.Verdict;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The directive `acl`: keeps clients from asking for what they may not. It is asked first, for
/// queries of every class and for transfers, and about every name that an alias leads to.
public final class AclStep implements Step {
  private record Rule(ZoneNames zones, List<Policy> policies) {
    /// The action of the first fitting policy, or null if none fits.
    Acl.@Nullable Action decide(Asked asked) {
      for (int i = 0; i < policies.size(); i++) {
        if (policies.get(i).fits(asked)) {
          return policies.get(i).action();
        }
      }
      return null;
    }
  }

  /// @param types null for all
  /// @param networks null for all
  private record Policy(
      Acl.Action action, @Nullable Set<Integer> types, @Nullable NetworkSet networks) {
    boolean fits(Asked asked) {
      return (types == null || types.contains(asked.question().type()))
          && (networks == null || networks.contains(asked.clientAddress()));
    }
  }

  private final Acl acl;
  private final List<Rule> rules;
  private final AclCounts counts;

  public AclStep(Acl acl) {
    this(acl, acl.rules().stream().map(AclStep::rule).toList());
  }

  private AclStep(Acl acl, List<Rule> rules) {
    this.acl = acl;
    this.rules = rules;
    this.counts = new AclCounts(acl);
  }

  private static Rule rule(Acl.Rule rule) {
    return new Rule(
        new ZoneNames(rule.zones()), rule.policies().stream().map(AclStep::policy).toList());
  }

  private static Policy policy(Acl.Policy policy) {
    return new Policy(
        policy.action(),
        policy.types().isEmpty() ? null : policy.types(),
        policy.networks().isEmpty() ? null : NetworkSet.of(policy.networks()));
  }

  public AclCounts counts() {
    return counts;
  }

  @Override
  public Stage stage() {
    return Stage.ACL;
  }

  @Override
  public boolean takes(Verdict verdict) {
    return true;
  }

  @Override
  public boolean isGate() {
    return true;
  }

  @Override
  public Ending take(Asked asked) {
    QuestionView question = asked.question();
    for (int i = 0; i < rules.size(); i++) {
      Name zone = rules.get(i).zones().longest(question);
      Acl.Action action = zone == null ? null : rules.get(i).decide(asked);
      if (action == Acl.Action.ALLOW) {
        break;
      }
      if (zone != null && action != null) {
        counts.keptOut(asked.scope().server(), zone, action);
        return end(asked, action);
      }
    }
    counts.allowed(asked.scope().server());
    return Ending.PASS;
  }

  @Override
  public Step uncounted() {
    return new AclStep(acl, rules);
  }

  private static Ending end(Asked asked, Acl.Action action) {
    return switch (action) {
      case ALLOW -> Ending.PASS;
      case BLOCK -> asked.status(Rcode.REFUSED, ExtendedError.BLOCKED, "blocked by acl");
      case FILTER -> asked.status(Rcode.NOERROR, ExtendedError.FILTERED, "filtered by acl");
      case DROP -> Ending.DROPPED;
    };
  }
}
