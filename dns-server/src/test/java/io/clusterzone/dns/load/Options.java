package io.clusterzone.dns.load;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/// The arguments of a command: `--name value`, in any order.
///
/// @param given by name, without the dashes
record Options(Map<String, String> given) {
  /// @throws IllegalArgumentException for one that is not among the known
  static Options of(String[] arguments, String... known) {
    Map<String, String> given = new HashMap<>();
    for (int i = 0; i < arguments.length; i += 2) {
      String name = arguments[i].replaceFirst("^--", "");
      if (!Set.of(known).contains(name) || i + 1 == arguments.length) {
        throw new IllegalArgumentException(
            arguments[i]
                + ": the options are --"
                + String.join(", --", known)
                + ", each with a value");
      }
      given.put(name, arguments[i + 1]);
    }
    return new Options(given);
  }

  int number(String name, int absent) {
    return Integer.parseInt(given.getOrDefault(name, Integer.toString(absent)));
  }

  String text(String name, String absent) {
    return given.getOrDefault(name, absent);
  }

  /// Numbers with commas between.
  int[] numbers(String name, String absent) {
    return Arrays.stream(text(name, absent).split(",", -1)).mapToInt(Integer::parseInt).toArray();
  }
}
