package io.clusterzone.k8s.problem;

import static io.clusterzone.k8s.problem.Level.ERROR;
import static io.clusterzone.k8s.problem.Level.NOTE;
import static io.clusterzone.k8s.problem.Level.WARNING;

import java.util.List;

/// The kinds of problems. A code is for good: it stays with its meaning, and is not used again once
/// its kind has gone. `CZ01` is Corefiles and what they name, `CZ02` manifests; a new kind takes
/// the next free number of its level.
///
/// [ProblemPage] makes the project's page of codes of them.
public enum ProblemKind {
  COREFILE_UNREADABLE(
      "CZ0101",
      ERROR,
      "The Corefile cannot be read.",
      "It is not there, is no regular file, may not be read, is too large, or holds no server block."),
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
  HOSTS_LINE(
      "CZ0121",
      WARNING,
      "A line of a hosts file is not understood.",
      "A line is an address and names. This one is passed over, the others count."),

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
      """),
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
      "The range is too small for all that need one, or a workload has more replicas than are made."),
  DEFINED_TWICE(
      "CZ0221",
      WARNING,
      "An object is defined more than once.",
      """
      The definition that comes first in the order of files and lines is served. Bases and overlays \
      side by side look so: name the directory that is meant, or render it.\
      """),
  NOT_OBJECT(
      "CZ0241",
      NOTE,
      "A file holds no Kubernetes objects.",
      """
      It has neither `apiVersion` nor `kind`: the values of a chart, a dashboard, the configuration \
      of another program. It is passed over.\
      """);

  private final String code;
  private final Level level;
  private final String sentence;
  private final String advice;

  ProblemKind(String code, Level level, String sentence, String advice) {
    this.code = code;
    this.level = level;
    this.sentence = sentence;
    this.advice = advice;
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

  /// More than one finds in a message: what follows from it, and what to do. In Markdown.
  public String advice() {
    return advice;
  }

  /// All kinds, in the order of their codes.
  static List<ProblemKind> inOrder() {
    return List.of(values()).stream()
        .sorted((one, other) -> one.code.compareTo(other.code))
        .toList();
  }
}
