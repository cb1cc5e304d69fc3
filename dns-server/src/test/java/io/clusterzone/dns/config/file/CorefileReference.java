package io.clusterzone.dns.config.file;

import io.clusterzone.dns.config.read.DirectiveSpec;
import io.clusterzone.dns.config.read.DirectiveTable;
import io.clusterzone.dns.config.read.RefusedDirectives;
import io.clusterzone.dns.config.text.Imports;
import io.clusterzone.dns.config.text.LineParser;
import io.clusterzone.dns.config.text.ParseOptions;
import io.clusterzone.dns.config.text.ZoneText;
import io.clusterzone.k8s.file.Limit;
import java.util.List;
import java.util.TreeMap;

/// The reference of the Corefile as this version reads it, made from the table of directives.
public final class CorefileReference {
  private static final String LANGUAGE =
      """
      # The Corefile

      What Clusterzone reads from the file that `-conf` names. The language is that of CoreDNS; a
      test keeps this page equal to the code.

      ## Language

      ```
      [dns://]ZONE[:PORT] [[dns://]ZONE[:PORT]]... {
          DIRECTIVE [ARGUMENT...] {
              OPTION [ARGUMENT...]
          }
      }
      ```

      * A **server block** takes the queries for its zones; of several blocks on one port the one
        with the longest zone takes the query. The port is %d unless `-dns.port` or the key says
        otherwise. Two blocks may not have the same zone on the same port and address.
      * A **zone** is a name or a prefix in CIDR notation, which stands for its reverse zones: one
        at an octet (IPv4) or nibble (IPv6) boundary, else the zones that cover it exactly.
        `10.0.0.0/15` is `0.10.in-addr.arpa` and `1.10.in-addr.arpa`. Without a zone the key `:PORT`
        means the root.
      * Zones stand on one line; a comma at the end of a key allows the next one on the next line.
        The schemes `tls://`, `https://`, `https3://`, `quic://` and `grpc://` are refused.
      * **Words** are separated by white space. A word in `"` may hold white space and line breaks,
        and `\\"` for a quote. `#` outside of quotes begins a comment.
      * `{$NAME}` and `{%%NAME%%}` are replaced by the environment variable; one that is not set is
        the empty text.
      * `import FILE` is replaced by what stands in the file, at the place of a directive, an option
        or a server block. FILE is relative to the file it stands in, and may have one `*` and one
        `?`; that it then means no file is no error. A file may not import itself.
      * `(NAME) { ... }` defines a snippet, which `import NAME` repeats further down.
      * A file with one server block may do without its braces.
      * The order of directives means nothing. A directive may stand once in a block unless it says
        otherwise; a second line that says the same does no harm.

      Every problem of a file is reported at once, as `FILE:LINE:COLUMN: DIRECTIVE: MESSAGE`. A
      directive that is not known, or that CoreDNS has and this version has not, is an error.
      Limits: %d octets a file, %d imports, %d words, %d zones, blocks nested %d deep.

      Durations are written as in Go: `5s`, `100ms`, `1m30s`.
      """
          .formatted(
              ParseOptions.DEFAULT_PORT,
              Limit.CONFIGURATION_OCTETS.value(),
              Imports.MAX_IMPORTS,
              Imports.MAX_TOKENS,
              ZoneText.MAX_ZONES,
              LineParser.MAX_DEPTH);

  private CorefileReference() {}

  /// The names of the directives this version has, sorted.
  public static List<String> directives() {
    return DirectiveTable.SPECS.stream().map(DirectiveSpec::name).toList();
  }

  /// The whole page, in Markdown.
  public static String page() {
    var page = new StringBuilder(LANGUAGE).append(overview());
    for (DirectiveSpec spec : DirectiveTable.SPECS) {
      page.append('\n').append(spec.manual().markdown());
    }
    return page.toString();
  }

  /// The table of CoreDNS's directives and their fate here.
  private static String overview() {
    var rows = new TreeMap<String, String>();
    RefusedDirectives.ADVICE.forEach(
        (name, advice) -> rows.put(name, "| `%s` | refused | %s |\n".formatted(name, advice)));
    for (DirectiveSpec spec : DirectiveTable.SPECS) {
      String name = spec.name();
      rows.put(
          name, "| [`%s`](#%s) | served | %s |\n".formatted(name, name, spec.manual().summary()));
    }
    return "\n## Directives\n\n"
        + "Every directive of CoreDNS 1.14, and what happens to it. One that is refused is an"
        + " error\nwith its place in the file and this advice.\n\n"
        + "| directive | here | what it does, or what to do |\n|---|---|---|\n"
        + String.join("", rows.values());
  }
}
