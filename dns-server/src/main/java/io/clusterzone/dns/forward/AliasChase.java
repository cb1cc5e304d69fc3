package io.clusterzone.dns.forward;

import io.clusterzone.dns.forward.reply.Question;
import io.clusterzone.dns.forward.reply.ReplyEncoder;
import io.clusterzone.dns.forward.reply.Resolution;
import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.wire.ExtendedError;
import io.clusterzone.zones.wire.Rcode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.RRSIGRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;

/// Follows a chain of aliases that leaves our zones, or leads into them: over the cache and the
/// upstreams, and through our zones (RFC 1034 section 3.6.2).
///
/// An upstream's word ends where the chain comes to a name of ours: what it says about that name is
/// dropped, and the name is resolved here (RFC 5452 section 6).
///
/// The answer is the whole chain with the response code of its end and, for a negative answer, the
/// SOA of the zone that denies (RFC 6604 section 3, RFC 2308 section 2). A loop, a chain that is
/// too long and a name that cannot be resolved are SERVFAIL, with the name in the extended error.
/// One per such query, confined to its event loop; this path allocates.
public final class AliasChase {
  /// Names that one answer may lead through: eleven aliases are followed, as CoreDNS does.
  static final int MAX_NAMES = 12;

  /// The resolver of the parts of the chain.
  public interface Parts {
    /// Resolves one name and calls the listener, perhaps before it returns.
    void resolve(Question question, Asker asker, Listener listener);

    /// Whether the name is in a zone of ours: an upstream's word about it does not count.
    boolean isOurs(Name name);

    /// The receiver of a name's resolution, and of whether we made it or an upstream.
    @FunctionalInterface
    interface Listener {
      void resolved(Resolution part, boolean ours);
    }
  }

  private final Question question;
  private final Parts parts;
  private final Asker asker;
  private final Resolution.Listener listener;
  private final List<Record> answers = new ArrayList<>();
  private final Set<Name> seen = new HashSet<>();
  private boolean stale;
  private boolean truncated;

  private AliasChase(Question question, Parts parts, Asker asker, Resolution.Listener listener) {
    this.question = question;
    this.parts = parts;
    this.asker = asker;
    this.listener = listener;
  }

  /// Resolves the question part by part, and calls the listener once.
  public static void start(
      Question question, Parts parts, Asker asker, Resolution.Listener listener) {
    new AliasChase(question, parts, asker, listener).follow(question.name());
  }

  /// Goes on with an upstream's reply to the question.
  public static void goOn(
      Question question,
      Resolution.Reply said,
      Parts parts,
      Asker asker,
      Resolution.Listener listener) {
    var chase = new AliasChase(question, parts, asker, listener);
    chase.seen.add(question.name());
    chase.append(question.name(), said, false);
  }

  private void follow(Name name) {
    if (!seen.add(name) || seen.size() > MAX_NAMES) {
      fail(
          ExtendedError.NO_REACHABLE_AUTHORITY,
          "a loop of aliases, or more than " + (MAX_NAMES - 1),
          name);
      return;
    }
    parts.resolve(question.of(name), asker, (part, ours) -> resolved(name, part, ours));
  }

  private void fail(int extendedError, String reason, Name at) {
    listener.ended(new Resolution.Failed(extendedError, at + ": " + reason));
  }

  private void resolved(Name name, Resolution resolution, boolean ours) {
    switch (resolution) {
      case Resolution.Reply part -> append(name, part, ours);
      case Resolution.Failed(int error, String reason) -> fail(error, reason, name);
      case Resolution.Shed _ -> listener.ended(resolution);
      // Nobody here knows the rest of the chain: what is known of it is the answer.
      case Resolution.NotForwarded _ -> end(List.of(), Rcode.NOERROR, false);
    }
  }

  private void append(Name name, Resolution.Reply part, boolean ours) {
    try {
      append(name, part, ours, new Message(part.agedMessage()));
    } catch (IOException e) {
      fail(ExtendedError.OTHER, String.valueOf(e.getMessage()), name);
    }
  }

  private void append(Name name, Resolution.Reply part, boolean ours, Message message) {
    stale |= part.stale();
    Name last = appendChain(name, ours, message.getSection(Section.ANSWER));
    int rcode = part.reply().rcode();
    boolean leadsHome = !ours && !last.equals(name) && parts.isOurs(last);
    if (leadsHome) {
      follow(last);
      return;
    }
    truncated |= part.reply().truncated();
    if (rcode != Rcode.NOERROR && rcode != Rcode.NXDOMAIN) {
      fail(ExtendedError.NO_REACHABLE_AUTHORITY, "response code " + rcode, name);
    } else if (ours && part.reply().isNegative() && !last.equals(name)) {
      follow(last);
    } else {
      boolean recursion = message.getHeader().getFlag(Flags.RA);
      end(message.getSection(Section.AUTHORITY), rcode, recursion);
    }
  }

  /// Adds the records of a part, in which aliases come in their order. An upstream's records are
  /// added up to the first alias that leads to a name of ours, with its signatures. Returns where
  /// the aliases lead.
  private Name appendChain(Name name, boolean ours, List<Record> records) {
    Name last = name;
    Name home = null;
    for (Record record : records) {
      Name owner = name(record.getName());
      if (home != null && !(record instanceof RRSIGRecord && owner.equals(last))) {
        return home;
      }
      answers.add(record);
      if (home == null && record instanceof CNAMERecord alias && owner.equals(last)) {
        Name target = name(alias.getTarget());
        if (!ours && parts.isOurs(target)) {
          home = target;
        } else {
          last = target;
        }
      }
    }
    return home == null ? last : home;
  }

  private static Name name(org.xbill.DNS.Name name) {
    return Name.ofWire(name.toWire(), 0);
  }

  private void end(List<Record> authority, int rcode, boolean recursion) {
    try {
      var message = new Message();
      message.getHeader().setRcode(rcode);
      if (recursion) {
        message.getHeader().setFlag(Flags.RA);
      }
      if (truncated) {
        message.getHeader().setFlag(Flags.TC);
      }
      org.xbill.DNS.Name asked = new org.xbill.DNS.Name(question.name().toWire());
      message.addRecord(Record.newRecord(asked, question.type(), DClass.IN), Section.QUESTION);
      List<Record> soa = authority.stream().filter(SOARecord.class::isInstance).toList();
      var whole = ReplyEncoder.encode(message, answers, soa, List.of(), Integer.MAX_VALUE);
      listener.ended(new Resolution.Reply(whole, 0, Resolution.Reply.COUNT_DOWN, stale, false));
    } catch (IOException e) {
      fail(ExtendedError.OTHER, String.valueOf(e.getMessage()), question.name());
    }
  }
}
