package io.clusterzone.dns.compare.question;

import io.clusterzone.dns.compare.ComparedQuestion;
import io.clusterzone.dns.compare.TypeText;
import io.clusterzone.zones.name.Name;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/// A list in the format of dnsperf and resperf: a name and a type in each line, and comments that
/// begin with a semicolon or a number sign.
public final class QueryList extends LineSource {
  public QueryList(String file, InputStream text) {
    super(file, text);
  }

  @Override
  @Nullable ComparedQuestion read(String line) throws IOException {
    if (line.isEmpty() || line.startsWith(";") || line.startsWith("#")) {
      return null;
    }
    String[] words = line.split("\\s+", -1);
    int type = words.length == 2 ? TypeText.number(words[1]) : -1;
    if (type < 0) {
      throw fault("expected a name and a type such as A, not: " + line);
    }
    try {
      return ComparedQuestion.of(Name.parse(words[0]), type);
    } catch (IllegalArgumentException e) {
      throw fault(String.valueOf(e.getMessage()));
    }
  }
}
