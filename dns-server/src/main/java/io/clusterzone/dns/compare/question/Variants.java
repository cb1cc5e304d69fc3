package io.clusterzone.dns.compare.question;

import io.clusterzone.zones.name.Name;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Names beside a name: those that a typist, a resolver with a search list or an attacker would ask
/// for. The same ones for the same name each time.
final class Variants {
  private Variants() {}

  /// The name with every second letter in upper case.
  static Name mixedCase(Name name) {
    byte[] wire = name.toFoldedWire();
    for (int at = 0; wire[at] != 0; at += wire[at] + 1) {
      for (int i = 1; i <= wire[at]; i += 2) {
        byte octet = wire[at + i];
        wire[at + i] = octet >= 'a' && octet <= 'z' ? (byte) (octet - ('a' - 'A')) : octet;
      }
    }
    return Name.ofWire(wire, 0);
  }

  /// One letter of the first label is another, and one label stands in front.
  static List<Name> near(Name name) {
    List<Name> near = new ArrayList<>();
    byte[] wire = name.toFoldedWire();
    wire[wire[0]] = (byte) (wire[wire[0]] == 'x' ? 'y' : 'x');
    near.add(Name.ofWire(wire, 0));
    child(name, "x").ifPresent(near::add);
    return near;
  }

  /// The name below each domain of a search list, as a resolver tries it that has not been told
  /// that the name is whole.
  static List<Name> searched(Name name, List<Name> search) {
    return search.stream().flatMap(domain -> append(name, domain).stream()).toList();
  }

  static Optional<Name> child(Name parent, String label) {
    return label.length() + 1 + parent.length() > Name.MAX_LENGTH
        ? Optional.empty()
        : Optional.of(parent.child(label));
  }

  static Optional<Name> append(Name name, Name domain) {
    int own = name.length() - 1;
    if (own + domain.length() > Name.MAX_LENGTH) {
      return Optional.empty();
    }
    byte[] wire = new byte[own + domain.length()];
    byte[] front = name.toWire();
    System.arraycopy(front, 0, wire, 0, own);
    domain.copyTo(wire, own);
    return Optional.of(Name.ofWire(wire, 0));
  }

  /// `_http._tcp.NAME` without its underscores.
  static List<Name> withoutUnderscores(Name name) {
    byte[] wire = name.toWire();
    int second = wire[0] + 1;
    boolean port = wire[0] > 1 && wire[1] == '_' && wire[second] > 1 && wire[second + 1] == '_';
    if (!port) {
      return List.of();
    }
    Name rest = name.parent().parent();
    byte[] first = Arrays.copyOfRange(wire, 2, second);
    byte[] protocol = Arrays.copyOfRange(wire, second + 2, second + 1 + wire[second]);
    return List.of(
        rest.child(protocol).child(first),
        rest.child("_x").child(first),
        rest.child("_").child("_"));
  }
}
