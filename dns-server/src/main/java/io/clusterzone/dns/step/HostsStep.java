package io.clusterzone.dns.step;

import io.clusterzone.dns.config.Hosts;
import io.clusterzone.dns.hosts.FollowedHosts;
import io.clusterzone.dns.ops.Stage;
import io.clusterzone.dns.query.Asked;
import io.clusterzone.dns.query.Ending;
import io.clusterzone.dns.query.Step;
import io.clusterzone.dns.query.ZoneNames;
import io.clusterzone.zones.record.RRType;
import io.clusterzone.zones.wire.QuestionView;
import io.clusterzone.zones.wire.Rcode;
import io.clusterzone.zones.zone.Node;
import org.jspecify.annotations.Nullable;

/// The directive `hosts`: answers with what a hosts file says. Immutable but for the names
/// themselves, which are read anew when their file changes.
///
/// A name that exists and has no record of the type is NODATA, without an SOA since there is no
/// zone. One that does not exist is SERVFAIL unless it falls through: a hosts file is not an
/// authority that could deny a name. Questions for PTR are answered wherever there is a record,
/// since few write reverse zones into the directive; one that is missing is always left to the next
/// directive.
public final class HostsStep implements Step {
  private final ZoneNames zones;
  private final ZoneNames fallthrough;

  /// Whether a question for a type that hosts do not have falls through too.
  private final boolean othersFallThrough;

  private final FollowedHosts names;

  public HostsStep(Hosts directive, FollowedHosts names) {
    this.zones = new ZoneNames(directive.zones());
    this.fallthrough = new ZoneNames(directive.fallthrough());
    this.othersFallThrough = directive.fallthroughUnsupported();
    this.names = names;
  }

  @Override
  public Stage stage() {
    return Stage.HOSTS;
  }

  @Override
  public Ending take(Asked asked) {
    QuestionView question = asked.question();
    Node host = find(question);
    if (host != null) {
      asked.bench().nodes().write(question, host, asked.reply());
      return Ending.WRITTEN;
    }
    return fallsThrough(question) ? Ending.PASS : asked.status(Rcode.SERVFAIL);
  }

  @Override
  public boolean owns(QuestionView question) {
    return find(question) != null;
  }

  @Override
  public boolean knowsOtherNames() {
    return true;
  }

  private @Nullable Node find(QuestionView question) {
    return covers(question) && !isForOthers(question) ? names.current().find(question) : null;
  }

  private boolean covers(QuestionView question) {
    return question.type() == RRType.PTR || zones.covers(question);
  }

  private boolean isForOthers(QuestionView question) {
    return othersFallThrough
        && switch (question.type()) {
          case RRType.A, RRType.AAAA, RRType.PTR -> false;
          default -> fallthrough.covers(question);
        };
  }

  private boolean fallsThrough(QuestionView question) {
    return question.type() == RRType.PTR || !zones.covers(question) || fallthrough.covers(question);
  }
}
