package io.clusterzone.dns.ops.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The parameters of a request: `name=value&name=value`, percent-encoded (RFC 3986 section 2.1),
/// `+` for a blank. A name may be there several times. Immutable.
public final class HttpQuery {
  /// The most parameters.
  static final int MOST = 32;

  /// The octets of the longest value, decoded: a domain name as text fits, each octet escaped.
  static final int LONGEST = 1100;

  private final Map<String, List<String>> values;

  private HttpQuery(Map<String, List<String>> values) {
    this.values = values;
  }

  /// Reads the text after the `?`.
  ///
  /// @throws BadQuery if it is malformed, or more than is taken
  public static HttpQuery parse(String text) {
    Map<String, List<String>> values = new LinkedHashMap<>();
    String[] parts = text.isEmpty() ? new String[0] : text.split("&", MOST + 1);
    if (parts.length > MOST) {
      throw new BadQuery("there are more than " + MOST + " parameters");
    }
    for (String part : parts) {
      int sign = part.indexOf('=');
      if (sign <= 0) {
        throw new BadQuery("expected name=value between the characters &");
      }
      values
          .computeIfAbsent(decoded(part.substring(0, sign)), _ -> new ArrayList<>())
          .add(decoded(part.substring(sign + 1)));
    }
    return new HttpQuery(values);
  }

  private static String decoded(String text) {
    ByteBuffer octets = ByteBuffer.allocate(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '%') {
        octets.put(octet(text, i + 1));
        i += 2;
      } else {
        octets.put((byte) (c == '+' ? ' ' : c));
      }
    }
    if (octets.position() > LONGEST) {
      throw new BadQuery("a parameter has more than " + LONGEST + " octets");
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(octets.flip()).toString();
    } catch (CharacterCodingException _) {
      throw new BadQuery("a parameter is not in UTF-8");
    }
  }

  private static byte octet(String text, int at) {
    int high = at + 1 < text.length() ? Character.digit(text.charAt(at), 16) : -1;
    int low = high < 0 ? -1 : Character.digit(text.charAt(at + 1), 16);
    if (low < 0) {
      throw new BadQuery("expected two hexadecimal digits after each %; write %25 for % itself");
    }
    return (byte) (high << 4 | low);
  }

  /// Refuses a parameter that a page does not have.
  ///
  /// @throws BadQuery if there is one
  public void requireOnly(Set<String> names) {
    for (String name : values.keySet()) {
      if (!names.contains(name)) {
        throw new BadQuery(
            "there is no parameter \"%s\"; there is %s"
                .formatted(name, String.join(", ", names.stream().sorted().toList())));
      }
    }
  }

  /// All values of a parameter, in their order.
  public List<String> all(String name) {
    return List.copyOf(values.getOrDefault(name, List.of()));
  }

  /// The value of a parameter that may be there once.
  ///
  /// @throws BadQuery if it is there twice
  public String one(String name, String fallback) {
    List<String> all = all(name);
    if (all.size() > 1) {
      throw new BadQuery("the parameter " + name + " is there more than once");
    }
    return all.isEmpty() ? fallback : all.getFirst();
  }

  /// A parameter that is one of some words.
  ///
  /// @throws BadQuery if it is none of them
  public String word(String name, List<String> words, String fallback) {
    String value = one(name, fallback);
    if (!words.contains(value)) {
      throw new BadQuery(
          "%s is one of %s, not \"%s\"".formatted(name, String.join(", ", words), value));
    }
    return value;
  }

  /// A parameter that is a whole number.
  ///
  /// @throws BadQuery if it is none, or outside `least` to `most`
  public int number(String name, int least, int most, int fallback) {
    String value = one(name, Integer.toString(fallback));
    boolean digits =
        value.length() < 10 && !value.isEmpty() && value.chars().allMatch(HttpQuery::isDigit);
    int number = digits ? Integer.parseInt(value) : -1;
    if (!digits || number < least || number > most) {
      throw new BadQuery("%s is %d to %d, not \"%s\"".formatted(name, least, most, value));
    }
    return number;
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  /// A parameter that is `true` or `false`, and `false` without it.
  ///
  /// @throws BadQuery if it is neither
  public boolean flag(String name) {
    return word(name, List.of("true", "false"), "false").equals("true");
  }
}
