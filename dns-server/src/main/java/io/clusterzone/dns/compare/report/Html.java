package io.clusterzone.dns.compare.report;

/// Text within HTML and SVG.
final class Html {
  private Html() {}

  /// The text with everything escaped that markup could be made of, for elements and for attributes
  /// in double quotes.
  static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
