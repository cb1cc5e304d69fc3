package io.clusterzone.k8s.records;

import io.clusterzone.k8s.model.IpAddress;
import io.clusterzone.zones.name.Name;
import org.jspecify.annotations.Nullable;

/// Makes owner names out of text of the cluster. Text that cannot be one is `null`, never an
/// exception: objects come from people and from other programs.
///
/// A label is made of letters, digits, `-` and `_`. Nothing else that the API server accepts ever
/// gets here, and a `*` would become a wildcard (RFC 4592 section 2.1.1).
final class OwnerNames {
  private static final int MAX_SHOWN = 80;

  private OwnerNames() {}

  /// The name one label below `parent`, or null if the label or the whole is not a name.
  static @Nullable Name child(Name parent, String label) {
    boolean fits = parent.length() + label.length() + 1 <= Name.MAX_LENGTH;
    return fits && isLabel(label) ? parent.child(label) : null;
  }

  /// The name below `parent` that text with dots spells, most of the time a single label.
  static @Nullable Name below(Name parent, String labels) {
    Name name = parent;
    int end = labels.length();
    while (end >= 0) {
      int dot = labels.lastIndexOf('.', end - 1);
      Name longer = child(name, labels.substring(dot + 1, end));
      if (longer == null) {
        return null;
      }
      name = longer;
      end = dot;
    }
    return name;
  }

  /// The absolute name that text spells, its last dot left out or not.
  static @Nullable Name absolute(String text) {
    return below(Name.ROOT, text.endsWith(".") ? text.substring(0, text.length() - 1) : text);
  }

  /// An address as a label (`10-1-2-3`, `fd00--1`): its canonical text (RFC 5952) with hyphens for
  /// dots or colons.
  static String label(IpAddress address) {
    return address.toString().replace(address.isV4() ? '.' : ':', '-');
  }

  static boolean isLabel(String label) {
    if (label.isEmpty() || label.length() > Name.MAX_LABEL_LENGTH) {
      return false;
    }
    for (int i = 0; i < label.length(); i++) {
      char c = label.charAt(i);
      if (!isLowerCaseOrDigit(c) && !isUpperCase(c) && c != '-' && c != '_') {
        return false;
      }
    }
    return true;
  }

  /// Whether this may name a Namespace or a Service. The API server accepts lower case only; two
  /// that differ in case would be one name to DNS (RFC 4343).
  static boolean isObjectLabel(String label) {
    return isLabel(label) && label.chars().noneMatch(OwnerNames::isUpperCase);
  }

  /// Text as a report shows it: an object may have a megabyte where a name should be.
  static String shown(String text) {
    return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "...";
  }

  private static boolean isLowerCaseOrDigit(int c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
  }

  private static boolean isUpperCase(int c) {
    return c >= 'A' && c <= 'Z';
  }
}
