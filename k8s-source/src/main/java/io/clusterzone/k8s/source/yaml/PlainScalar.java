package io.clusterzone.k8s.source.yaml;

import io.clusterzone.k8s.source.yaml.YamlNode.Scalar;
import java.util.Set;
import java.util.regex.Pattern;

/// The API's reading of text without quotes: null, a boolean, a number, or text. It reads YAML 1.1,
/// except that `y` and `n` are left to be text.
public final class PlainScalar {
  private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");
  private static final Set<String> TRUE =
      Set.of("true", "True", "TRUE", "yes", "Yes", "YES", "on", "On", "ON");
  private static final Set<String> FALSE =
      Set.of("false", "False", "FALSE", "no", "No", "NO", "off", "Off", "OFF");
  private static final Pattern NUMBER =
      Pattern.compile(
          "[-+]?(0x[0-9a-fA-F_]+|0b[01_]+|0o[0-7_]+"
              + "|(\\.[0-9]+|[0-9][0-9_]*(\\.[0-9_]*)?)([eE][-+]?[0-9]+)?|\\.inf|\\.Inf|\\.INF)"
              + "|\\.nan|\\.NaN|\\.NAN");

  private PlainScalar() {}

  public static boolean isNull(Scalar scalar) {
    return scalar.plain() && NULLS.contains(scalar.text());
  }

  static boolean isTrue(Scalar scalar) {
    return scalar.plain() && TRUE.contains(scalar.text());
  }

  static boolean isFalse(Scalar scalar) {
    return scalar.plain() && FALSE.contains(scalar.text());
  }

  public static boolean isNumber(Scalar scalar) {
    return scalar.plain() && mayBeNumber(scalar.text()) && NUMBER.matcher(scalar.text()).matches();
  }

  private static boolean mayBeNumber(String text) {
    char first = text.isEmpty() ? 'x' : text.charAt(0);
    return first <= '9' && text.length() <= 64;
  }
}
