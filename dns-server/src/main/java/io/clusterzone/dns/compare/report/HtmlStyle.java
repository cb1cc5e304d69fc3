package io.clusterzone.dns.compare.report;

/// The beginning of the page, with its colours for light and for dark.
final class HtmlStyle {
  static final String HEAD =
      """
      <!DOCTYPE html>
      <html lang="en">
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>clusterzone compare</title>
      <style>
        :root { color-scheme: light dark; --line: #d0d7de; --soft: #57606a; --back: #f6f8fa;
          --bad: #b3261e; --warn: #8a5a00; --fine: #1a7f37; --here: #0969da; --there: #bf5a00; }
        @media (prefers-color-scheme: dark) {
          :root { --line: #3d444d; --soft: #9198a1; --back: #161b22; --bad: #ff7b72;
            --warn: #e3b341; --fine: #56d364; --here: #58a6ff; --there: #f0883e; } }
        body { font: 15px/1.5 system-ui, sans-serif; margin: 0; }
        main { max-width: 78rem; margin: 0 auto; padding: 1rem 1.5rem 4rem; }
        h1 { font-size: 1.6rem; margin: 1rem 0; }
        h2 { font-size: 1.15rem; margin: 2.2rem 0 .6rem; }
        p { margin: .2rem 0; color: var(--soft); }
        .wide { overflow-x: auto; }
        table { border-collapse: collapse; }
        th, td { text-align: left; vertical-align: top; padding: .35rem .8rem .35rem 0;
          border-bottom: 1px solid var(--line); }
        th { font-weight: 600; color: var(--soft); white-space: nowrap; }
        .n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
        .bad { color: var(--bad); font-weight: 600; } .warn { color: var(--warn); }
        .fine { color: var(--fine); } .slight { color: var(--soft); }
        small { display: block; color: var(--soft); max-width: 22rem; }
        code, pre { font: 13px/1.45 ui-monospace, monospace; overflow-wrap: anywhere; }
        details { border-bottom: 1px solid var(--line); padding: .35rem 0; }
        summary { cursor: pointer; }
        .pair { display: grid; grid-template-columns: 1fr 1fr; gap: 1rem; }
        pre { background: var(--back); padding: .6rem; margin: .5rem 0; white-space: pre-wrap; }
        svg { max-width: 100%; height: auto; margin-top: 1rem; }
        svg text { font: 12px system-ui, sans-serif; fill: var(--soft); }
        @media (max-width: 50rem) { .pair { grid-template-columns: 1fr; } }
      </style>
      <main>
      """;

  private HtmlStyle() {}
}
