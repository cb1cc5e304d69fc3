package io.clusterzone.dns.config.read;

import java.util.List;

/// The manual of one directive, on the reference page and in `clusterzone help`. It stands beside
/// the code that reads the directive and takes defaults and ranges from the same constants.
///
/// @param synopsis the directive's line
/// @param summary its purpose, in Markdown
/// @param arguments the words of the directive's line
/// @param options the lines of its block
/// @param notes further paragraphs in Markdown, may be empty
/// @param example a whole server block
public record Manual(
    String name,
    String synopsis,
    String summary,
    List<Row> arguments,
    List<Row> options,
    String notes,
    String example) {
  public Manual {
    arguments = List.copyOf(arguments);
    options = List.copyOf(options);
  }

  /// The part of the reference page, in Markdown.
  public String markdown() {
    return "## %s\n\n%s\n\n```\n%s\n```\n%s%s%s\n```\n%s```\n"
        .formatted(
            name,
            summary,
            synopsis,
            table("argument", arguments),
            table("option", options),
            notes.isEmpty() ? "" : "\n" + notes + "\n",
            example);
  }

  private static String table(String title, List<Row> rows) {
    if (rows.isEmpty()) {
      return "";
    }
    var table = new StringBuilder("\n| " + title + " | default | range | meaning |\n");
    table.append("|---|---|---|---|\n");
    for (Row row : rows) {
      String synopsis = row.synopsis().replace("|", "\\|");
      table.append(
          "| `%s` | %s | %s | %s |\n".formatted(synopsis, row.fallback(), row.range(), row.text()));
    }
    return table.toString();
  }

  /// One argument or option.
  ///
  /// @param synopsis as it is written
  /// @param fallback the value without it
  /// @param range the values it may have, with their unit
  /// @param text its effect
  public record Row(String synopsis, String fallback, String range, String text) {
    public String name() {
      int blank = synopsis.indexOf(' ');
      return blank < 0 ? synopsis : synopsis.substring(0, blank);
    }
  }
}
