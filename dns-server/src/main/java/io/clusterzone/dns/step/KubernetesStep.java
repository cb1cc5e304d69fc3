package io.clusterzone.dns.step;

import io.clusterzone.dns.forward.AliasChase;
import io.clusterzone.dns.forward.reply.Question;
import io.clusterzone.dns.forward.reply.Resolution;
import io.clusterzone.dns.ops.Stage;
import io.clusterzone.dns.query.Asked;
import io.clusterzone.dns.query.ClientChain;
import io.clusterzone.dns.query.Ending;
import io.clusterzone.dns.query.Step;
import io.clusterzone.dns.query.ZoneNames;
import io.clusterzone.zones.answer.Outcome;
import io.clusterzone.zones.answer.Responder;
import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.wire.QuestionView;
import io.clusterzone.zones.zone.ZoneTable;
import java.util.List;

/// The directive `kubernetes`: answers from the zones of a cluster. Immutable but for the table,
/// where new versions are published.
public final class KubernetesStep implements Step {
  private final ZoneNames apexes;
  private final ZoneNames fallthrough;
  private final ZoneTable table;

  /// @param apexes of the zones, as far as this server block may answer from them
  /// @param fallthrough zones in which a name that does not exist is left to the next directive;
  ///   the root for all
  public KubernetesStep(List<Name> apexes, List<Name> fallthrough, ZoneTable table) {
    this.apexes = new ZoneNames(apexes);
    this.fallthrough = new ZoneNames(fallthrough);
    this.table = table;
  }

  @Override
  public Stage stage() {
    return Stage.KUBERNETES;
  }

  @Override
  public Ending take(Asked asked) {
    QuestionView question = asked.question();
    if (!apexes.covers(question)) {
      return Ending.PASS;
    }
    Responder responder = asked.bench().responder();
    Outcome outcome = lookup(question, responder, !asked.isGuarded());
    boolean passes = fallsThrough(question, outcome, responder.aliases());
    boolean leaves = outcome == Outcome.ALIAS && asked.followsAliases();
    if (!passes && !leaves) {
      if ((outcome == Outcome.NXDOMAIN || outcome == Outcome.NODATA) && asked.wantsRemark()) {
        Denial.explain(outcome, responder, asked.bench().remark());
      }
      responder.write(asked.reply());
    }
    responder.forget();
    if (leaves) {
      return follow(asked);
    }
    return passes ? Ending.PASS : Ending.WRITTEN;
  }

  /// Looks for the question in the zones as they are now.
  ///
  /// That a stale zone does not have a name is no reason to ask elsewhere, and where elsewhere
  /// would be asked it is no answer either: the outcome is NOT_READY then.
  private Outcome lookup(QuestionView question, Responder responder, boolean follow) {
    Outcome outcome = responder.lookup(question, table.current(), follow);
    return responder.stale() && fallsThrough(question, outcome, responder.aliases())
        ? responder.distrust()
        : outcome;
  }

  /// Whether the next directive gets the question: on a name error only, never on NODATA, and not
  /// while the zone is still being learnt. A chain of aliases that ends nowhere is our answer: the
  /// name asked for does exist.
  private boolean fallsThrough(QuestionView question, Outcome outcome, int aliases) {
    return switch (outcome) {
      case NXDOMAIN -> aliases == 0 && fallthrough.covers(question);
      case NOT_OURS -> true;
      case ANSWER, ALIAS, NODATA, REFERRAL, TOO_LONG, NOT_READY, ELSEWHERE, LOOP -> false;
    };
  }

  /// Follows an alias whose target is elsewhere.
  private static Ending follow(Asked asked) {
    Question question = asked.forwarded();
    ClientChain chain = asked.chain();
    return asked.<Resolution>await(
        listener -> AliasChase.start(question, chain, chain, listener::accept),
        (now, resolution) -> Resolutions.write(now, resolution, true));
  }

  @Override
  public boolean owns(QuestionView question) {
    return apexes.covers(question);
  }
}
