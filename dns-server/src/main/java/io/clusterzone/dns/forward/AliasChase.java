package io.clusterzone.dns.forward;

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
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;

/// Follows a chain of aliases that leaves our zones: over the cache and the upstreams, and back
/// into our zones when it leads there (RFC 1034 section 3.6.2).
///
/// The answer is the whole chain with the response code of its end and, for a denial, the SOA of
/// the zone that denies (RFC 6604 section 3, RFC 2308 section 2). A loop, a chain that is too long
/// and a name that cannot be resolved are SERVFAIL, with the name in the extended error. One per
/// such query, confined to its event loop; this path allocates.
public final class AliasChase {
  /// Names that one answer may lead through: eleven aliases are followed, as CoreDNS does.
  static final int MAX_NAMES = 12;

  /// Who knows the parts of the chain.
  public interface Parts {
    /// Resolves one name; tells the listener, perhaps before it returns.
    void resolve(Question question, Asker asker, Resolution.Listener listener);

    /// Whether the name is in a zone of ours: an upstream's word about it does not count.
    boolean isOurs(Name name);
  }

  private final Question question;
  private final Parts parts;
  private final Asker asker;
  private final Resolution.Listener listener;
  private final List<Record> answers = new ArrayList<>();
  private final Set<Name> seen = new HashSet<>();
  private boolean stale;

  private AliasChase(Question question, Parts parts, Asker asker, Resolution.Listener listener) {
    this.question = question;
    this.parts = parts;
    this.asker = asker;
    this.listener = listener;
  }

  /// Resolves the question part by part, and tells the listener once.
  public static void start(
      Question question, Parts parts, Asker asker, Resolution.Listener listener) {
    new AliasChase(question, parts, asker, listener).follow(question.name());
  }

  private void follow(Name name) {
    if (!seen.add(name) || seen.size() > MAX_NAMES) {
      fail(
          ExtendedError.NO_REACHABLE_AUTHORITY,
          "a loop of aliases, or more than " + (MAX_NAMES - 1),
          name);
      return;
    }
    parts.resolve(question.of(name), asker, resolution -> resolved(name, resolution));
  }

  private void fail(int extendedError, String reason, Name at) {
    listener.ended(new Resolution.Failed(extendedError, at + ": " + reason));
  }

  private void resolved(Name name, Resolution resolution) {
    switch (resolution) {
      case Resolution.Reply part -> append(name, part);
      case Resolution.Failed(int error, String reason) -> fail(error, reason, name);
      case Resolution.Shed _ -> listener.ended(resolution);
      // Nobody here knows the rest of the chain: what is known of it is the answer.
      case Resolution.NotForwarded _ -> end(List.of(), Rcode.NOERROR, false);
    }
  }

  private void append(Name name, Resolution.Reply part) {
    int rcode = part.reply().rcode();
    if (rcode != Rcode.NOERROR && rcode != Rcode.NXDOMAIN) {
      fail(ExtendedError.NO_REACHABLE_AUTHORITY, "response code " + rcode, name);
      return;
    }
    try {
      append(name, part, new Message(part.agedMessage()));
    } catch (IOException e) {
      fail(ExtendedError.OTHER, String.valueOf(e.getMessage()), name);
    }
  }

  private void append(Name name, Resolution.Reply part, Message message) {
    answers.addAll(message.getSection(Section.ANSWER));
    stale |= part.stale();
    Name last = lastName(name, message);
    boolean open = part.reply().isDenial() && !last.equals(name);
    if (open && (parts.isOurs(name) || parts.isOurs(last))) {
      follow(last);
    } else {
      boolean recursion = message.getHeader().getFlag(Flags.RA);
      end(message.getSection(Section.AUTHORITY), part.reply().rcode(), recursion);
    }
  }

  /// Where the aliases of the message lead from `name`.
  private static Name lastName(Name name, Message message) {
    Name last = name;
    for (int i = 0; i <= MAX_NAMES; i++) {
      Name next = target(last, message);
      if (next.equals(last)) {
        break;
      }
      last = next;
    }
    return last;
  }

  private static Name target(Name owner, Message message) {
    for (Record record : message.getSection(Section.ANSWER)) {
      if (record instanceof CNAMERecord alias && name(alias.getName()).equals(owner)) {
        return name(alias.getTarget());
      }
    }
    return owner;
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
      org.xbill.DNS.Name asked = new org.xbill.DNS.Name(question.name().toWire());
      message.addRecord(Record.newRecord(asked, question.type(), DClass.IN), Section.QUESTION);
      List<Record> soa = authority.stream().filter(SOARecord.class::isInstance).toList();
      var whole = ReplyEncoder.encode(message, answers, soa, Integer.MAX_VALUE);
      listener.ended(new Resolution.Reply(whole, 0, Resolution.Reply.COUNT_DOWN, stale, false));
    } catch (IOException e) {
      fail(ExtendedError.OTHER, String.valueOf(e.getMessage()), question.name());
    }
  }
}
