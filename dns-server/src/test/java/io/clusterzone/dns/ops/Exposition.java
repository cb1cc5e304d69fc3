package io.clusterzone.dns.ops;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads Prometheus's text format, strictly, for tests: an independent view of what was written.
final class Exposition {
  /// @param name of the sample, suffix included
  record Sample(String name, Map<String, String> labels, double value) {
    String label(String label) {
      return labels.getOrDefault(label, "");
    }
  }

  record Family(String type, String help, List<Sample> samples) {}

  private static final Pattern HELP = Pattern.compile("# HELP ([a-z_]+) (\\S.*)");
  private static final Pattern TYPE =
      Pattern.compile("# TYPE ([a-z_]+) (counter|gauge|histogram|summary)");
  private static final Pattern SAMPLE = Pattern.compile("([a-z_]+)(?:\\{(.*)})? ([0-9Ee.+-]+)");
  private static final Pattern LABEL =
      Pattern.compile("\\G([a-z_]+)=\"((?:[^\"\\\\\n]|\\\\[\"\\\\n])*)\"(?:,(?=[a-z])|$)");

  private Exposition() {}

  /// The families in order; anything that is not as the format wants it is an [AssertionError].
  static Map<String, Family> parse(String text) {
    Map<String, Family> families = new LinkedHashMap<>();
    List<String> seen = new ArrayList<>();
    String[] lines = text.split("\n", -1);
    if (!lines[lines.length - 1].isEmpty()) {
      throw new AssertionError("the last line has no end");
    }
    String open = "";
    for (int i = 0; i < lines.length - 1; i++) {
      Matcher help = HELP.matcher(lines[i]);
      if (help.matches()) {
        open = help.group(1);
        Matcher type = match(TYPE, lines[++i]);
        if (!type.group(1).equals(open)
            || families.put(open, new Family(type.group(2), help.group(2), new ArrayList<>()))
                != null) {
          throw new AssertionError("family twice or without its type: " + open);
        }
      } else {
        Sample sample = sample(lines[i]);
        Family family = families.get(open);
        if (family == null || !belongs(sample.name(), open, family.type())) {
          throw new AssertionError("outside its family: " + lines[i]);
        }
        String series = sample.name() + new TreeMap<>(sample.labels());
        if (seen.contains(series)) {
          throw new AssertionError("twice: " + series);
        }
        seen.add(series);
        family.samples().add(sample);
      }
    }
    return families;
  }

  /// The samples of one family of a text that may have more.
  static List<Sample> samples(String text, String name) {
    Family family = parse(text).get(name);
    if (family == null) {
      throw new AssertionError("no family " + name);
    }
    return family.samples();
  }

  private static boolean belongs(String name, String family, String type) {
    return switch (type) {
      case "histogram" ->
          List.of(family + "_bucket", family + "_sum", family + "_count").contains(name);
      case "summary" -> List.of(family + "_sum", family + "_count").contains(name);
      case "counter" -> name.equals(family) && name.endsWith("_total");
      default -> name.equals(family);
    };
  }

  private static Sample sample(String line) {
    Matcher sample = match(SAMPLE, line);
    Map<String, String> labels = new LinkedHashMap<>();
    String text = sample.group(2) == null ? "" : sample.group(2);
    Matcher label = LABEL.matcher(text);
    int end = 0;
    while (label.find()) {
      labels.put(label.group(1), unescaped(label.group(2)));
      end = label.end();
    }
    if (end != text.length()) {
      throw new AssertionError("not labels: " + text);
    }
    return new Sample(sample.group(1), labels, Double.parseDouble(sample.group(3)));
  }

  private static String unescaped(String value) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '\\') {
        c = value.charAt(++i) == 'n' ? '\n' : value.charAt(i);
      }
      out.append(c);
    }
    return out.toString();
  }

  private static Matcher match(Pattern pattern, String line) {
    Matcher matcher = pattern.matcher(line);
    if (!matcher.matches()) {
      throw new AssertionError("not in the format: " + line);
    }
    return matcher;
  }
}
