package io.clusterzone.dns.config.text;

import io.clusterzone.k8s.file.Limit;
import java.util.Map;

/// Puts the values of environment variables in the place of `{$NAME}` and `{%NAME%}`.
///
/// As in CoreDNS a variable that is not set is the empty text, and a reference that does not end or
/// has no name stays as it is. Values are not looked at again, and all together are no longer than
/// a Corefile may be. Used for one Corefile, by one thread.
public final class Environment {
  private final Map<String, String> variables;
  private final long most = Limit.COREFILE_CHARACTERS.value();
  private long characters;

  public Environment(Map<String, String> variables) {
    this.variables = variables;
  }

  String replaceIn(String text) {
    if (text.indexOf('{') < 0) {
      return text;
    }
    var replaced = new StringBuilder(text.length());
    int at = 0;
    while (at < text.length()) {
      String end = text.startsWith("{$", at) ? "}" : text.startsWith("{%", at) ? "%}" : "";
      int close = end.isEmpty() ? -1 : text.indexOf(end, at + 2);
      if (close > at + 2) {
        replaced.append(value(text.substring(at + 2, close)));
        at = close + end.length();
      } else {
        replaced.append(text.charAt(at++));
      }
    }
    return replaced.toString();
  }

  private String value(String name) {
    String value = variables.getOrDefault(name, "");
    characters += value.length();
    return isExceeded() ? "" : value;
  }

  /// Whether all values together are longer than a Corefile may be; the last ones are left out.
  boolean isExceeded() {
    return characters > most;
  }
}
