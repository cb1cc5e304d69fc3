package io.clusterzone.dns.explain;

import io.clusterzone.k8s.model.IpAddress;
import io.clusterzone.k8s.model.ReverseName;
import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.record.RRType;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.xbill.DNS.Type;

/// The thing to explain. Immutable.
///
/// @param name as a program gives it to its resolver
/// @param types asked for; of addresses both
/// @param from NAMESPACE, NAMESPACE/POD or the address of a Pod; empty: the namespace `default`
public record ExplainRequest(
    String name, List<Integer> types, String from, ResolverKind resolver, int ndots) {
  private static final List<Integer> ADDRESSES = List.of(RRType.A, RRType.AAAA);

  public ExplainRequest {
    types = List.copyOf(types);
  }

  /// Reads what people type; an empty text stands for the default. An address is asked for by its
  /// reverse name.
  ///
  /// @throws IllegalArgumentException with a sentence for them if it makes no sense
  public static ExplainRequest of(
      String name, String type, String from, String resolver, String ndots) {
    IpAddress address = IpAddress.tryParse(name);
    String asked = address == null ? name : ReverseName.of(address).toString();
    requireName(asked);
    List<Integer> types =
        !type.isEmpty() ? List.of(type(type)) : address == null ? ADDRESSES : List.of(RRType.PTR);
    return new ExplainRequest(asked, types, from, resolver(resolver), ndots(ndots));
  }

  private static void requireName(String text) {
    try {
      if (text.isEmpty() || Name.parse(text).isRoot()) {
        throw new IllegalArgumentException("it is empty");
      }
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "the name is a domain name or an address, not \"%s\": %s"
              .formatted(text, e.getMessage()));
    }
  }

  private static int type(String text) {
    int type = Type.value(text.toUpperCase(Locale.ROOT));
    if (type < 0 || type == RRType.AXFR || type == RRType.IXFR || type == RRType.OPT) {
      throw new IllegalArgumentException(
          "the type is one such as A, AAAA, SRV, PTR or TXT, not \"%s\"".formatted(text));
    }
    return type;
  }

  private static ResolverKind resolver(String text) {
    if (text.isEmpty()) {
      return ResolverKind.GLIBC;
    }
    for (ResolverKind kind : ResolverKind.values()) {
      if (kind.toString().equals(text.toLowerCase(Locale.ROOT))) {
        return kind;
      }
    }
    String known =
        Arrays.stream(ResolverKind.values())
            .map(ResolverKind::toString)
            .collect(Collectors.joining(", "));
    throw new IllegalArgumentException(
        "the resolver is one of %s, not \"%s\"".formatted(known, text));
  }

  private static int ndots(String text) {
    if (text.isEmpty()) {
      return SearchList.DEFAULT_NDOTS;
    }
    if (!text.matches("[0-9]{1,2}") || Integer.parseInt(text) > SearchList.MAX_NDOTS) {
      throw new IllegalArgumentException(
          "ndots is a number from 0 to %d, not \"%s\"".formatted(SearchList.MAX_NDOTS, text));
    }
    return Integer.parseInt(text);
  }

  boolean isForAddresses() {
    return ADDRESSES.containsAll(types);
  }
}
