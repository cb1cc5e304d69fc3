package io.clusterzone.dns.config.read;

import io.clusterzone.dns.config.text.Arguments;

/// The whole numbers that an argument may be, for checks and for the manual.
///
/// @param unit the name of one of them in problems: `a number of seconds`
/// @param range the range in the manual's words
record Numbers(int least, int most, String unit, String range) {
  Numbers(int least, int most, String unit) {
    this(least, most, unit, least + " to " + most);
  }

  static Numbers from(int least, String unit) {
    return new Numbers(least, Integer.MAX_VALUE, unit, least + " or more");
  }

  int read(Arguments arguments, int index) {
    return arguments.integer(index, least, most, unit);
  }
}
