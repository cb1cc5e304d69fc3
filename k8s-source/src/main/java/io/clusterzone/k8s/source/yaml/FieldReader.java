package io.clusterzone.k8s.source.yaml;

import io.clusterzone.k8s.file.Limit;
import io.clusterzone.k8s.model.IpAddress;
import io.clusterzone.k8s.problem.Problem;
import io.clusterzone.k8s.problem.ProblemKind;
import io.clusterzone.k8s.source.yaml.YamlNode.Mapping;
import io.clusterzone.k8s.source.yaml.YamlNode.Scalar;
import io.clusterzone.k8s.source.yaml.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Reads fields of one object by the API's types, and notes faults. Used by one thread for one
/// file.
///
/// A field that is absent or null reads as empty; so does one that is wrong, after it was noted.
public final class FieldReader {
  private static final int MAX_SHOWN = 80;

  private final String file;
  private final SharedValues shared;
  private List<Problem> problems = new ArrayList<>();
  private List<Problem> remarks = new ArrayList<>();

  public FieldReader(String file, SharedValues shared) {
    this.file = file;
    this.shared = shared;
  }

  /// The problems noted since the last call.
  public List<Problem> takeProblems() {
    List<Problem> taken = problems;
    problems = new ArrayList<>();
    return taken;
  }

  /// The remarks since the last call that do not keep the object from standing.
  public List<Problem> takeRemarks() {
    List<Problem> taken = remarks;
    remarks = new ArrayList<>();
    return taken;
  }

  public void warning(ProblemKind kind, YamlNode node, String subject, String message) {
    remarks.add(new Problem(kind, file, node.line(), node.column(), subject, message));
  }

  public int problemCount() {
    return problems.size();
  }

  public Origin origin(YamlNode node) {
    return new Origin(file, node.line(), node.column());
  }

  public void problem(YamlNode node, String message) {
    boolean template = node instanceof Scalar scalar && scalar.text().contains("{{");
    problem(template ? ProblemKind.TEMPLATE : ProblemKind.FIELD, node, message);
  }

  public void problem(ProblemKind kind, YamlNode node, String message) {
    if (problems.size() <= Limit.MANIFEST_FAULTS.value()) {
      problems.add(new Problem(kind, file, node.line(), node.column(), message));
    }
  }

  /// Notes that the file holds something else.
  public void notAnObject(YamlNode node, String message) {
    problems.add(
        new Problem(ProblemKind.NOT_OBJECT, file, node.line(), node.column(), file, message));
  }

  /// The value of a field, or null where it is absent or null.
  public @Nullable YamlNode value(Mapping parent, String field) {
    @Nullable YamlNode node = parent.fields().get(field);
    return node instanceof Scalar scalar && PlainScalar.isNull(scalar) ? null : node;
  }

  public Mapping mapping(Mapping parent, String field) {
    @Nullable YamlNode node = value(parent, field);
    return node == null ? empty(parent) : mapping(node, field);
  }

  public Mapping mapping(YamlNode node, String field) {
    if (node instanceof Mapping mapping) {
      return mapping;
    }
    problem(node, field + ": expected fields");
    return empty(node);
  }

  /// No fields, and the place to look for them.
  private static Mapping empty(YamlNode place) {
    return new Mapping(Map.of(), List.of(), 1, place.line(), place.column());
  }

  public List<YamlNode> list(Mapping parent, String field) {
    @Nullable YamlNode node = value(parent, field);
    if (node instanceof Sequence sequence) {
      return sequence.items();
    }
    if (node != null) {
      problem(node, field + ": expected a list");
    }
    return List.of();
  }

  /// A list of mappings; elements that are not are noted and left out.
  public List<Mapping> mappings(Mapping parent, String field) {
    List<YamlNode> items = list(parent, field);
    List<Mapping> mappings = new ArrayList<>(items.size());
    for (YamlNode item : items) {
      if (item instanceof Mapping mapping) {
        mappings.add(mapping);
      } else {
        problem(item, field + ": expected fields");
      }
    }
    return mappings;
  }

  public String text(Mapping parent, String field) {
    @Nullable YamlNode node = value(parent, field);
    return node == null ? "" : text(node, field);
  }

  /// Text that is unlike that of other objects.
  public String ownText(Mapping parent, String field) {
    @Nullable YamlNode node = value(parent, field);
    return node == null ? "" : unshared(node, field);
  }

  /// The list, or an equal one that was read before.
  public <T> List<T> shared(List<T> read) {
    return shared.one(List.copyOf(read));
  }

  public String text(YamlNode node, String field) {
    return shared.one(unshared(node, field));
  }

  private String unshared(YamlNode node, String field) {
    if (!(node instanceof Scalar scalar)) {
      problem(node, field + ": expected text");
      return "";
    }
    String type =
        PlainScalar.isNumber(scalar)
            ? "a number"
            : PlainScalar.isTrue(scalar) || PlainScalar.isFalse(scalar) ? "true or false" : "";
    if (!type.isEmpty()) {
      problem(node, "%s: %s reads as %s; write it in quotes".formatted(field, show(scalar), type));
      return "";
    }
    return scalar.text();
  }

  /// Text of which `fault` knows what is wrong; the empty string passes.
  public String checked(Mapping parent, String field, UnaryOperator<String> fault) {
    String text = text(parent, field);
    @Nullable YamlNode node = parent.fields().get(field);
    String wrong = text.isEmpty() || node == null ? "" : fault.apply(text);
    if (node != null && !wrong.isEmpty()) {
      problem(node, "%s: \"%s\" is %s".formatted(field, shorten(text), wrong));
    }
    return text;
  }

  /// Text that part of an object is to be named by. Text that cannot be a name is noted and reads
  /// as empty; the object stands without it.
  public String name(Mapping parent, String field, UnaryOperator<String> fault) {
    int before = problems.size();
    String text = checked(parent, field, fault);
    List<Problem> found = problems.subList(before, problems.size());
    boolean usable = found.isEmpty();
    found.forEach(problem -> remarks.add(leftOut(problem)));
    found.clear();
    return usable ? text : "";
  }

  private static Problem leftOut(Problem problem) {
    return problem.kind() == ProblemKind.FIELD
        ? problem.ofKind(ProblemKind.NAME_LEFT_OUT)
        : problem;
  }

  public boolean bool(Mapping parent, String field, boolean absent) {
    @Nullable YamlNode node = value(parent, field);
    if (node == null) {
      return absent;
    }
    if (node instanceof Scalar scalar && PlainScalar.isTrue(scalar)) {
      return true;
    }
    if (!(node instanceof Scalar scalar && PlainScalar.isFalse(scalar))) {
      problem(node, field + ": expected true or false");
    }
    return false;
  }

  /// A whole number without quotes, from `min` to `max`; `min` where it is wrong.
  public int integer(YamlNode node, String field, int min, int max) {
    int number = node instanceof Scalar scalar && scalar.plain() ? decimal(scalar.text()) : -1;
    if (number < min || number > max) {
      problem(node, "%s: %s is not a number from %d to %d".formatted(field, show(node), min, max));
      return min;
    }
    return number;
  }

  private static int decimal(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException _) {
      return -1;
    }
  }

  /// A map from text to text.
  public Map<String, String> texts(Mapping parent, String field) {
    Mapping mapping = mapping(parent, field);
    if (mapping.fields().isEmpty()) {
      return Map.of();
    }
    Map<String, String> read = HashMap.newHashMap(mapping.fields().size());
    mapping
        .fields()
        .forEach(
            (key, value) -> read.put(shared.one(key), text(value, field + "." + shorten(key))));
    return Map.copyOf(read);
  }

  /// An address, or null after noting that it is none.
  public @Nullable IpAddress address(YamlNode node, String field) {
    String text = unshared(node, field);
    try {
      return text.isEmpty() ? null : IpAddress.parse(text);
    } catch (IllegalArgumentException _) {
      problem(node, "%s: \"%s\" is not an IP address".formatted(field, shorten(text)));
      return null;
    }
  }

  private static String show(YamlNode node) {
    return node instanceof Scalar scalar ? "\"" + shorten(scalar.text()) + "\"" : "this";
  }

  /// Text as a message shows it: bounded, and nothing in it that a terminal or a log obeys.
  public static String shorten(String text) {
    return shorten(text, MAX_SHOWN);
  }

  static String shorten(String text, int max) {
    int length = Math.min(text.length(), max);
    var shown = new StringBuilder(length + 3);
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      shown.append(c < ' ' || (c >= 0x7f && c < 0xa0) || Character.isSurrogate(c) ? '?' : c);
    }
    return length < text.length() ? shown.append("...").toString() : shown.toString();
  }
}
