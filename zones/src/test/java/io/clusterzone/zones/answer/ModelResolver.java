package io.clusterzone.zones.answer;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.DNAMERecord;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.NameTooLongException;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/// A naive authoritative server: the algorithm of RFC 1034 section 4.3.2 as RFC 4592 section 3.3.1
/// and RFC 6672 section 3.2 have it, step by step, on nothing but sorted maps of records. For one
/// question.
final class ModelResolver {
  /// A reply, its sections as sorted lines.
  record Said(
      Outcome outcome,
      int rcode,
      boolean authoritative,
      List<String> answer,
      List<String> authority,
      List<String> additional) {}

  private final Map<Name, Map<Name, List<Record>>> zones;
  private final int type;
  private final List<Record> answer = new ArrayList<>();
  private final List<Record> authority = new ArrayList<>();
  private final Set<Record> additional = new LinkedHashSet<>();
  private final List<Record> glue = new ArrayList<>();
  private int aliases;

  /// Zones by apex, each with its records by owner. A name without records exists.
  ModelResolver(Map<Name, Map<Name, List<Record>>> zones, int type) {
    this.zones = zones;
    this.type = type;
  }

  Said ask(Name question) {
    Outcome outcome = find(question);
    boolean failure = outcome == Outcome.LOOP || outcome == Outcome.NOT_OURS;
    boolean authoritative = !failure && (outcome != Outcome.REFERRAL || aliases > 0);
    int rcode =
        switch (outcome) {
          case NXDOMAIN -> Rcode.NXDOMAIN;
          case TOO_LONG -> Rcode.YXDOMAIN;
          case LOOP -> Rcode.SERVFAIL;
          case NOT_OURS -> Rcode.REFUSED;
          default -> Rcode.NOERROR;
        };
    if (failure) {
      answer.clear();
    }
    return new Said(
        outcome, rcode, authoritative, lines(answer), lines(authority), lines(additional));
  }

  /// The addresses in the additional section that a referral needs, as sorted lines.
  List<String> glue() {
    return lines(glue);
  }

  static List<String> lines(Iterable<Record> records) {
    List<String> lines = new ArrayList<>();
    for (Record record : records) {
      if (record.getType() != Type.OPT) {
        lines.add(record.toString().replaceAll("\\s+", " "));
      }
    }
    lines.sort(Comparator.naturalOrder());
    return lines;
  }

  /// Step 2: "Search the available zones for the zone which is the nearest ancestor to QNAME."
  private Outcome find(Name name) {
    Name apex = nearest(name);
    if (apex == null) {
      return aliases > 0 ? Outcome.ALIAS : Outcome.NOT_OURS;
    }
    if (type == Type.DS && name.equals(apex)) {
      Name parent = nearest(new Name(name, 1));
      if (parent != null && isCut(parent, name) && topmost(parent, name).equals(name)) {
        apex = parent;
      }
    }
    return match(apex, name);
  }

  /// Step 3: "Start matching down, label by label, in the zone."
  private Outcome match(Name apex, Name name) {
    for (int labels = apex.labels(); ; labels++) {
      Name node = new Name(name, name.labels() - labels);
      if (isCut(apex, node) && !(node.equals(name) && type == Type.DS)) {
        return referral(apex, node);
      }
      if (node.equals(name)) {
        return exact(apex, node, name);
      }
      List<Record> dnames = of(apex, node, Type.DNAME);
      if (!dnames.isEmpty()) {
        return substitute((DNAMERecord) dnames.getFirst(), name);
      }
      Name next = new Name(name, name.labels() - labels - 1);
      if (!exists(apex, next)) {
        Name wildcard = child("*", node);
        return exists(apex, wildcard)
            ? exact(apex, wildcard, name)
            : negative(apex, Outcome.NXDOMAIN);
      }
    }
  }

  /// Step 3a, and step 3c for the RRs of a wildcard: the owner is set to be QNAME.
  private Outcome exact(Name apex, Name node, Name name) {
    List<Record> all = at(apex, node);
    int wanted = type;
    if (type == Type.ANY && !all.isEmpty()) {
      wanted = all.stream().mapToInt(Record::getType).min().getAsInt();
    }
    List<Record> matching = renamed(of(apex, node, wanted), name);
    if (!matching.isEmpty()) {
      answer.addAll(matching);
      targets(matching).forEach(this::addAddresses);
      return Outcome.ANSWER;
    }
    List<Record> cname = renamed(of(apex, node, Type.CNAME), name);
    if (cname.isEmpty()) {
      return negative(apex, Outcome.NODATA);
    }
    if (aliases++ == Lookup.MAX_ALIASES) {
      return Outcome.LOOP;
    }
    answer.addAll(cname);
    return find(((CNAMERecord) cname.getFirst()).getTarget());
  }

  /// RFC 6672 section 3.2 step 3c: "If a DNAME record exists at that point, copy that record into
  /// the answer section."
  private Outcome substitute(DNAMERecord dname, Name name) {
    if (aliases++ == Lookup.MAX_ALIASES) {
      return Outcome.LOOP;
    }
    answer.add(dname);
    Name target;
    try {
      target = name.fromDNAME(dname);
    } catch (NameTooLongException e) {
      return Outcome.TOO_LONG;
    }
    answer.add(new CNAMERecord(name, DClass.IN, dname.getTTL(), target));
    return type == Type.CNAME || type == Type.ANY ? Outcome.ANSWER : find(target);
  }

  /// Step 3b: "Copy the NS RRs for the subzone into the authority section of the reply. Put
  /// whatever addresses are available into the additional section."
  private Outcome referral(Name apex, Name cut) {
    List<Record> servers = of(apex, cut, Type.NS);
    authority.addAll(servers);
    for (Name server : targets(servers)) {
      if (server.subdomain(cut)) {
        glue.addAll(addresses(apex, server));
      } else {
        addAddresses(server);
      }
    }
    additional.addAll(glue);
    return Outcome.REFERRAL;
  }

  private Outcome negative(Name apex, Outcome outcome) {
    var soa = (SOARecord) of(apex, apex, Type.SOA).getFirst();
    long ttl = Math.min(soa.getTTL(), soa.getMinimum());
    authority.add(Record.newRecord(apex, Type.SOA, DClass.IN, ttl, soa.rdataToWireCanonical()));
    return outcome;
  }

  private void addAddresses(Name target) {
    Name apex = nearest(target);
    if (apex != null
        && (isCut(apex, topmost(apex, target)) || topmost(apex, target).equals(target))) {
      additional.addAll(addresses(apex, target));
    }
  }

  private List<Record> addresses(Name apex, Name owner) {
    return Stream.concat(of(apex, owner, Type.A).stream(), of(apex, owner, Type.AAAA).stream())
        .toList();
  }

  private static Set<Name> targets(List<Record> records) {
    Set<Name> targets = new LinkedHashSet<>();
    for (Record record : records) {
      if (record instanceof NSRecord ns) {
        targets.add(ns.getTarget());
      } else if (record instanceof SRVRecord srv) {
        targets.add(srv.getTarget());
      }
    }
    return targets;
  }

  private @Nullable Name nearest(Name name) {
    for (int skipped = 0; skipped < name.labels(); skipped++) {
      Name ancestor = new Name(name, skipped);
      if (zones.containsKey(ancestor)) {
        return ancestor;
      }
    }
    return null;
  }

  /// The first cut or DNAME on the way down to the name; the name itself if there is none above.
  private Name topmost(Name apex, Name name) {
    for (int labels = apex.labels(); labels < name.labels(); labels++) {
      Name node = new Name(name, name.labels() - labels);
      if (isCut(apex, node) || !of(apex, node, Type.DNAME).isEmpty()) {
        return node;
      }
    }
    return name;
  }

  private boolean isCut(Name apex, Name node) {
    boolean wildcard = node.getLabelString(0).equals("*");
    return !node.equals(apex) && !wildcard && !of(apex, node, Type.NS).isEmpty();
  }

  /// RFC 4592 section 2.2.2: "A domain name exists if it, or any of its descendants" is in the
  /// zone.
  private boolean exists(Name apex, Name name) {
    return zone(apex).keySet().stream().anyMatch(owner -> owner.subdomain(name));
  }

  private Map<Name, List<Record>> zone(Name apex) {
    return zones.getOrDefault(apex, Map.of());
  }

  private List<Record> at(Name apex, Name owner) {
    return zone(apex).getOrDefault(owner, List.of());
  }

  private List<Record> of(Name apex, Name owner, int wanted) {
    return at(apex, owner).stream().filter(record -> record.getType() == wanted).toList();
  }

  private static List<Record> renamed(List<Record> records, Name owner) {
    return records.stream()
        .map(r ->
            Record.newRecord(owner, r.getType(), DClass.IN, r.getTTL(), r.rdataToWireCanonical()))
        .toList();
  }

  private static Name child(String label, Name parent) {
    try {
      return Name.concatenate(Name.fromString(label), parent);
    } catch (TextParseException | NameTooLongException e) {
      throw new IllegalArgumentException(label, e);
    }
  }
}
