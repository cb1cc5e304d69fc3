package io.clusterzone.k8s.problem;

import static io.clusterzone.k8s.problem.Level.ERROR;
import static io.clusterzone.k8s.problem.Level.NOTE;
import static io.clusterzone.k8s.problem.Level.WARNING;

import org.jspecify.annotations.Nullable;

/// The kinds of problems. A code is for good: it stays with its meaning, and is not used again once
/// its kind has gone. `CZ01` is Corefiles and what they name, `CZ02` manifests; a new kind takes
/// the next free number of its level.
public enum ProblemKind {
  COREFILE_UNREADABLE(
      "CZ0101",
      ERROR,
      "The Corefile cannot be read.",
      "It is not there, is no regular file, may not be read, is too large, or holds no server"
          + " block."),
  SYNTAX(
      "CZ0102",
      ERROR,
      "The braces, quotes or lines of a Corefile do not fit together.",
      """
      A brace or a quote is not closed, a brace stands where none may, or there is more than one \
      Corefile can hold. What follows the place may have been understood otherwise than it was \
      meant, so mend this first.\
      """),
  IMPORT(
      "CZ0103",
      ERROR,
      "An import or a snippet cannot be used.",
      """
      The file or snippet is not there, cannot be read, imports itself, is defined twice, or there \
      are too many. A snippet must stand above the line that imports it.\
      """),
  SERVER_BLOCK(
      "CZ0104",
      ERROR,
      "The key of a server block makes no sense.",
      "A key is `[dns://]ZONE[:PORT]`, where the zone is a name or a prefix in CIDR notation."),
  ZONE_TWICE(
      "CZ0105",
      ERROR,
      "Two server blocks claim a zone on one port and address.",
      "Give one of them another port, or other addresses with `bind`, or make one block of them."),
  UNKNOWN_DIRECTIVE(
      "CZ0106",
      ERROR,
      "Nobody knows this directive.",
      "Neither this server nor CoreDNS has it. `clusterzone -plugins` lists those there are."),
  REFUSED_DIRECTIVE(
      "CZ0107",
      ERROR,
      "CoreDNS has this directive, and this server does not.",
      "The message says what to do instead; COREFILE.md lists every directive of CoreDNS."),
  UNKNOWN_OPTION(
      "CZ0108",
      ERROR,
      "The directive has no such option.",
      "COREFILE.md lists the options of each directive."),
  REFUSED_OPTION(
      "CZ0109",
      ERROR,
      "This option is not there, or not any more.",
      "The message says what to do instead."),
  ARGUMENT(
      "CZ0110",
      ERROR,
      "A directive or an option cannot be what it was given.",
      """
      A word is missing, there is one too many, or it is no number, duration, name or address as it \
      has to be, or out of range. COREFILE.md has the range of each.\
      """),
  CONFLICT(
      "CZ0111",
      ERROR,
      "Two lines of a server block exclude each other.",
      "A directive stands twice and says different things, or two options of it cannot both hold."),
  NAMED_FILE(
      "CZ0112",
      ERROR,
      "A file that a directive names cannot be used.",
      "It is not there, cannot be read, or does not hold the certificates or the key it ought to."),
  NO_NAME_SERVERS(
      "CZ0113",
      ERROR,
      "A file that `forward` takes its upstreams from names none.",
      """
      Such a file is that of another program, so a server starts all the same, if nothing else is \
      wrong: what can be asked only there is answered SERVFAIL until the file is mended.\
      """),
  NO_INTERFACE(
      "CZ0114",
      ERROR,
      "An interface that `bind` names is not there, or has no address.",
      """
      It may come, so a server starts all the same, if nothing else is wrong, and listens there once \
      it has. A name is an address or an interface of this host.\
      """),
  TOO_MANY_LISTENERS(
      "CZ0115",
      ERROR,
      "The Corefile has more listeners than fit into the memory.",
      """
      Each address and port of a server block is a listener, with sockets of its own on each event \
      loop. Let blocks share a port, give the process more memory, or it fewer event loops with \
      `multisocket`.\
      """),
  TOO_MANY_FORWARDS(
      "CZ0116",
      ERROR,
      "The Corefile has more server blocks with `forward` than fit into the memory.",
      """
      Each has a cache, upstreams and bounds of its own. Name the zones that are forwarded alike \
      before one block, or give the process more memory.\
      """),
  HOSTS_LINE(
      "CZ0121",
      WARNING,
      "A line of a hosts file, or of `hosts` itself, is not understood.",
      "A line is an address and names. This one is passed over, the others count."),
  UNREACHED(
      "CZ0122",
      WARNING,
      "No question gets to a line of `forward`.",
      """
      Its names are in no zone of its server block, or a line before it, `kubernetes` or another \
      server block answers for all of them. The message says what to do.\
      """),
  OVERRULED(
      "CZ0123",
      WARNING,
      "An option has no effect beside another.",
      "CoreDNS takes both, so both are taken; the message says which one counts. Remove the"
          + " other."),

  FILE_UNREADABLE(
      "CZ0201",
      ERROR,
      "A file or directory of manifests cannot be read.",
      """
      It is not there, may not be read, is too large, or links lead in a circle. What was read from \
      it before is still served.\
      """),
  NOT_YAML(
      "CZ0202",
      ERROR,
      "A file is neither YAML nor JSON to its end.",
      """
      Nothing in it is believed; its last good version is still served. A template (`{{ ... }}`) has \
      to be rendered first.\
      """),
  FIELD(
      "CZ0203",
      ERROR,
      "A field of an object has a value that the API server would refuse.",
      """
      The type is wrong (a number where text is due has to stand in quotes), or the value is none \
      that the field can have, or a field stands twice. The object is not served as it stands; its \
      last good version is, if there was one.\
      """),
  FIELD_MISSING(
      "CZ0204",
      ERROR,
      "An object lacks a field that it must have.",
      """
      Without `apiVersion`, `kind` and `metadata.name` nobody knows which object it is; a Service \
      needs ports, and one of type ExternalName its `externalName`.\
      """),
  ADDRESS_TAKEN(
      "CZ0205",
      ERROR,
      "A Service claims an address that is another's.",
      """
      As at the API server, an address stays with the Service that has it: this one is not served, \
      or stays with its last address. Give one of the two another.\
      """,
      new Summary(
          3,
          "Service claims an address that is another's",
          "Services claim addresses that are others'",
          "the Services that had them are served; give each an address of its own")),
  ADDRESS_AS_NAME(
      "CZ0206",
      ERROR,
      "An ExternalName is an address.",
      """
      The API server takes it, but an alias leads to a name, so nobody could resolve it. Use a \
      Service without a selector and an EndpointSlice that holds the address.\
      """),
  OLD_VERSION(
      "CZ0207",
      ERROR,
      "No API server serves this version of the kind any more.",
      "Write the object anew with the version that the message names."),
  MADE_UP_LIMIT(
      "CZ0208",
      ERROR,
      "More Services or Pods need addresses than can be made up.",
      "The range is too small for all that need one, or a workload has more replicas than are"
          + " made."),
  RENDERING(
      "CZ0209",
      ERROR,
      "A directory cannot be rendered.",
      """
      With `--render`, `kubectl kustomize` and `helm template` render kustomizations and charts: the \
      program is not there, failed, took longer than 30 seconds, or printed more than a file may \
      hold. The message names the command and what it said; run it by hand to see all of it.\
      """),
  TOO_MANY_OBJECTS(
      "CZ0210",
      ERROR,
      "The objects of a file do not fit into memory.",
      """
      The objects of all files may take a part of the heap, with the Pods that are made of workloads. \
      What was read from the file before is still served.\
      """,
      new Summary(
          1,
          "file does not fit into memory beside the others",
          "files do not fit into memory beside the others",
          "what was read from them before is served; give the process more memory")),
  DEFINED_TWICE(
      "CZ0221",
      WARNING,
      "An object is defined more than once.",
      """
      The definition that comes first in the order of files and lines is served. Bases and overlays \
      side by side look so, and releases beside their sources: name the directory that is meant.\
      """,
      new Summary(
          3,
          "object is defined more than once",
          "objects are defined more than once",
          "the first definition is served; name the directory that is meant")),
  UNKNOWN_FIELD(
      "CZ0222",
      WARNING,
      "An object has a field that its kind does not have.",
      """
      It means nothing, and `kubectl apply` would refuse it: a misspelt name (`clusterIp`, `selctor`), \
      or one that stands a level too high or too low.\
      """,
      new Summary(
          10,
          "field is none of its kind",
          "fields are none of their kinds",
          "mend their spelling or their place")),
  UNKNOWN_KIND(
      "CZ0223",
      WARNING,
      "An object's kind is nearly one that is served.",
      "Nobody has a kind of this name, so the object is passed over (`Servise`)."),
  NO_ADDRESS(
      "CZ0224",
      WARNING,
      "A Service has no address.",
      """
      In a cluster the API server gives it one; here its name exists and has no A or AAAA records. \
      Give it a `clusterIP`, or let addresses be made up: `--service-cidr`, or `service_cidr` in the \
      `kubernetes` block.\
      """,
      new Summary(
          0,
          "Service has no address",
          "Services have no address",
          "give it a clusterIP, or all of them a range with --service-cidr or service_cidr")),
  HEADLESS_WITHOUT_PODS(
      "CZ0225",
      WARNING,
      "A headless Service has no endpoints, so it has no names.",
      """
      Its names are those of its Pods. Give it Pods with `status.podIP` that its selector matches, a \
      workload whose Pods can be made up (`--pod-cidr`), or an EndpointSlice.\
      """,
      new Summary(
          0,
          "headless Service has no Pods or EndpointSlices, and so no names",
          "headless Services have no Pods or EndpointSlices, and so no names",
          "add workloads, Pods or EndpointSlices that match")),
  SELECTOR_WITHOUT_PODS(
      "CZ0226",
      WARNING,
      "The selector of a Service matches no Pod, though its namespace has Pods.",
      """
      Its own name is answered, but nothing is behind it: a label of the selector or of the Pods may \
      be misspelt.\
      """,
      new Summary(
          0,
          "Service has a selector that matches no Pod of its namespace",
          "Services have selectors that match no Pod of their namespaces",
          "compare selector and labels")),
  TEMPLATE(
      "CZ0227",
      WARNING,
      "A file is a template.",
      "`{{ ... }}` has to be filled in before it is YAML: render it, and read what comes out.",
      new Summary(
          0,
          "file or object is a template and not read",
          "files or objects are templates and not read",
          "render them and read what comes out")),
  ROOT_EMPTIED(
      "CZ0228",
      WARNING,
      "A directory of manifests has lost all of its files at once.",
      """
      So it looks while a checkout or a copy replaces them: what was read from them is served for 30 \
      seconds more, or until files are back. If they are meant to be gone, there is nothing to do.\
      """),
  NAME_LEFT_OUT(
      "CZ0229",
      WARNING,
      "A part of an object is served without its name, which cannot be one.",
      """
      A `hostname`, a `subdomain`, a `serviceName` and the name of a port are DNS labels: a-z, 0-9 and \
      `-`, at most 63 of them, in quotes where it reads as a number. The API server would refuse this \
      one; here the object is served, and the part has no name of its own.\
      """),
  NOT_OBJECT(
      "CZ0241",
      NOTE,
      "A file holds no Kubernetes objects.",
      """
      It has neither `apiVersion` nor `kind`: the values of a chart, a dashboard, the configuration \
      of another program. It is passed over.\
      """,
      new Summary(
          0,
          "file holds something else than Kubernetes objects",
          "files hold something else than Kubernetes objects",
          "")),
  KUSTOMIZATION(
      "CZ0242",
      NOTE,
      "A directory is a kustomization, which is not read as it stands.",
      """
      Bases, patches and overlays side by side are no cluster; what `kubectl kustomize DIR` prints of \
      them is. Give the one that is meant with `--render`, or pipe what is printed to `--manifests -`.\
      """,
      new Summary(
          0,
          "directory is a kustomization and not read as it stands",
          "directories are kustomizations and not read as they stand",
          "use --render, or render each: kubectl kustomize DIR | clusterzone ... --manifests -")),
  CHART(
      "CZ0243",
      NOTE,
      "A directory is a Helm chart, which is not read as it stands.",
      """
      Its templates are no YAML; what `helm template DIR` prints of them is. Give the chart with \
      `--render`, or, where it needs values, pipe what is printed to `--manifests -`.\
      """,
      new Summary(
          0,
          "directory is a Helm chart and not read as it stands",
          "directories are Helm charts and not read as they stand",
          "use --render, or render each: helm template DIR | clusterzone ... --manifests -"));

  /// The form of one line for several problems of a kind.
  ///
  /// @param singles the number that have a line each
  /// @param one the noun for one of them
  /// @param many the noun for several
  /// @param advice the remedy; may be empty
  record Summary(int singles, String one, String many, String advice) {}

  private final String code;
  private final Level level;
  private final String sentence;
  private final String advice;

  @SuppressWarnings("ImmutableEnumChecker") // a record of texts
  private final @Nullable Summary summary;

  ProblemKind(String code, Level level, String sentence, String advice) {
    this(code, level, sentence, advice, null);
  }

  ProblemKind(String code, Level level, String sentence, String advice, @Nullable Summary summary) {
    this.code = code;
    this.level = level;
    this.sentence = sentence;
    this.advice = advice;
    this.summary = summary;
  }

  /// `CZ0203`, for good.
  public String code() {
    return code;
  }

  public Level level() {
    return level;
  }

  /// One sentence that says what is wrong.
  public String sentence() {
    return sentence;
  }

  /// More than fits in a message: the consequences, and the remedy. In Markdown.
  public String advice() {
    return advice;
  }

  /// The line for several of the kind; null where each has a line of its own.
  @Nullable Summary summary() {
    return summary;
  }
}
