package io.clusterzone.dns.explain;

import io.clusterzone.zones.name.Name;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The names that a Pod's resolver asks for, in order: the options of its `resolv.conf` are those
/// that the kubelet writes (`ndots:5`, and the domains of its namespace, of Services and of the
/// cluster). Immutable.
///
/// @param ndots dots from which on a name is asked as it is first
record SearchList(ResolverKind resolver, int ndots, List<Name> domains) {
  static final int DEFAULT_NDOTS = 5;

  /// The cap of all three resolvers.
  static final int MAX_NDOTS = 15;

  /// A name to ask for.
  ///
  /// @param asIs whether it is the name as it was given
  record Candidate(Name name, boolean asIs) {}

  SearchList {
    domains = List.copyOf(domains);
  }

  /// The list of a Pod in a namespace.
  ///
  /// @param zone of the cluster; null: there is none, and no list
  static SearchList of(ResolverKind resolver, int ndots, String namespace, @Nullable Name zone) {
    if (zone == null) {
      return new SearchList(resolver, ndots, List.of());
    }
    Name services = zone.child("svc");
    return new SearchList(resolver, ndots, List.of(services.child(namespace), services, zone));
  }

  /// @param text as a program gives it to its resolver; a dot at its end turns the list off
  /// @param addresses whether it is asked for addresses
  List<Candidate> candidates(String text, boolean addresses) {
    var asIs = new Candidate(Name.parse(text), true);
    boolean dotted = text.chars().filter(c -> c == '.').count() >= ndots;
    if (text.endsWith(".")
        || (dotted && !resolver.searchesDottedNames())
        || (!addresses && !resolver.searchesOtherTypes())) {
      return List.of(asIs);
    }
    List<Candidate> names = new ArrayList<>();
    for (Name domain : domains) {
      if (asIs.name().length() + domain.length() - 1 <= Name.MAX_LENGTH) {
        names.add(new Candidate(join(asIs.name(), domain), false));
      }
    }
    names.add(dotted ? 0 : names.size(), asIs);
    return names;
  }

  private static Name join(Name name, Name domain) {
    byte[] wire = new byte[name.length() + domain.length() - 1];
    name.copyTo(wire, 0);
    domain.copyTo(wire, name.length() - 1);
    return Name.ofWire(wire, 0);
  }
}
