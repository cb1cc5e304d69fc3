package io.clusterzone.k8s.source.object;

import io.clusterzone.k8s.file.Limit;
import io.clusterzone.k8s.made.MadeOptions;
import io.clusterzone.k8s.problem.Problem;
import io.clusterzone.k8s.problem.ProblemKind;
import io.clusterzone.k8s.source.object.Manifest.Identity;
import io.clusterzone.k8s.source.object.ObjectReader.Result;
import io.clusterzone.k8s.source.yaml.BrokenFileException;
import io.clusterzone.k8s.source.yaml.FieldReader;
import io.clusterzone.k8s.source.yaml.JsonTexts;
import io.clusterzone.k8s.source.yaml.SharedValues;
import io.clusterzone.k8s.source.yaml.YamlEvents;
import io.clusterzone.k8s.source.yaml.YamlNode;
import io.clusterzone.k8s.source.yaml.YamlNode.Mapping;
import io.clusterzone.k8s.source.yaml.YamlNode.Scalar;
import io.clusterzone.k8s.source.yaml.YamlNode.Sequence;
import io.clusterzone.k8s.source.yaml.YamlReader;
import java.io.Reader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads the objects of one file: documents, and lists of objects in them. Used by one thread,
/// once.
///
/// A document's kind may stand after its `items`, so these wait until the document ends.
public final class ManifestParser implements YamlReader.Handler {
  private static final String LIST = "List";

  private final FieldReader fields;
  private final ObjectReader objects;

  private final List<Manifest> manifests = new ArrayList<>();
  private final Set<String> namespaces = new HashSet<>();
  private final Set<Identity> invalid = new HashSet<>();
  private final List<Problem> problems = new ArrayList<>();
  private boolean unidentified;
  private boolean somethingElse;
  private int passedOver;

  /// Items of the document at hand: those read, and those that lack the kind which the list has.
  private final List<Result> items = new ArrayList<>();

  private final List<Mapping> kindless = new ArrayList<>();

  private final long most = Limit.MANIFEST_MEMORY.value();
  private final MadeOptions made;
  private long footprint;
  private int faults;

  private ManifestParser(String file, ManifestOptions options, SharedValues shared) {
    fields = new FieldReader(file, shared);
    objects = new ObjectReader(fields, options);
    made = options.made();
  }

  /// Reads all objects of one file.
  ///
  /// @throws BrokenFileException if the text is not YAML or JSON to its end
  public static ParsedFile parse(
      String file, Reader text, ManifestOptions options, SharedValues shared)
      throws BrokenFileException {
    var parser = new ManifestParser(file, options, shared);
    new YamlReader(new YamlEvents(new JsonTexts(text)), parser).read();
    return new ParsedFile(
        parser.manifests,
        parser.namespaces,
        parser.invalid,
        parser.unidentified,
        parser.problems,
        parser.passedOver);
  }

  @Override
  public void duplicate(Scalar key) {
    fields.problem(key, "%s stands twice; remove one".formatted(FieldReader.shorten(key.text())));
  }

  @Override
  public boolean item(YamlNode item) throws BrokenFileException {
    if (item instanceof Mapping mapping && !mapping.fields().containsKey("kind")) {
      kindless.add(mapping);
      return true;
    }
    object(item, "", "", items);
    return false;
  }

  @Override
  public void document(YamlNode root) throws BrokenFileException {
    List<Result> results = new ArrayList<>();
    if (root instanceof Mapping mapping && isList(mapping)) {
      String kind = kindOfItems(mapping);
      String apiVersion = fields.text(mapping, "apiVersion");
      results.addAll(items);
      objects(kindless, kind, apiVersion, results);
      objects(fields.list(mapping, "items"), kind, apiVersion, results);
      problems.addAll(fields.takeProblems());
    } else if (ObjectReader.isObject(root)) {
      object(root, "", "", results);
    } else {
      add(somethingElse(root), root, results);
    }
    items.clear();
    kindless.clear();
    results.forEach(this::take);
  }

  /// A document that is no object. Objects that were there before stay, as it may become one again.
  private Result somethingElse(YamlNode root) {
    fields.takeProblems();
    if (!somethingElse) {
      fields.notAnObject(root, "expected an object with apiVersion, kind and metadata");
      somethingElse = true;
    }
    return new Result.Invalid(null, fields.takeProblems());
  }

  /// A kind of objects may end so as well (an `AllowList`), but its objects have names.
  private static boolean isList(Mapping mapping) {
    return mapping.fields().get("kind") instanceof Scalar kind
        && kind.text().endsWith(LIST)
        && !isNamed(mapping);
  }

  private static boolean isNamed(Mapping mapping) {
    return mapping.fields().get("metadata") instanceof Mapping metadata
        && metadata.fields().containsKey("name");
  }

  private String kindOfItems(Mapping list) {
    String kind = fields.text(list, "kind");
    return kind.substring(0, Math.max(0, kind.length() - LIST.length()));
  }

  private void objects(
      List<? extends YamlNode> nodes, String kind, String apiVersion, List<Result> results)
      throws BrokenFileException {
    for (YamlNode node : nodes) {
      object(node, kind, apiVersion, results);
    }
  }

  /// Reads an object that lacks nothing but what its list says; a list among a list's items too.
  private void object(YamlNode node, String listKind, String listVersion, List<Result> results)
      throws BrokenFileException {
    if (!(node instanceof Mapping mapping)) {
      fields.problem(
          ProblemKind.FIELD_MISSING, node, "expected an object with apiVersion, kind and metadata");
      add(new Result.Invalid(null, fields.takeProblems()), node, results);
      return;
    }
    if (isList(mapping) && mapping.fields().get("items") instanceof Sequence nested) {
      String kind = kindOfItems(mapping);
      String apiVersion = fields.text(mapping, "apiVersion");
      objects(nested.items(), kind, apiVersion, results);
      return;
    }
    int before = fields.problemCount();
    String kind = given(mapping, "kind", listKind);
    String apiVersion = given(mapping, "apiVersion", listVersion);
    add(
        fields.problemCount() > before
            ? new Result.Invalid(null, fields.takeProblems())
            : objects.read(mapping, apiVersion, kind),
        node,
        results);
  }

  /// Adds the objects read at a place, as long as there is room for them.
  private void add(Result result, YamlNode at, List<Result> results) throws BrokenFileException {
    results.add(result);
    footprint +=
        switch (result) {
          case Result.Valid(var manifest, var remarks) ->
              Footprint.of(manifest, made) + (long) Footprint.PROBLEM * remarks.size();
          case Result.Invalid(_, var found) -> (long) Footprint.PROBLEM * found.size();
          case Result.PassedOver _ -> Footprint.PASSED_OVER;
        };
    faults += result instanceof Result.Invalid(_, var found) ? Math.max(1, found.size()) : 0;
    if (faults > Limit.MANIFEST_FAULTS.value()) {
      throw new BrokenFileException(
          at.line(),
          at.column(),
          "more than %,d things are wrong up to here; it is read no further"
              .formatted(Limit.MANIFEST_FAULTS.value()));
    }
    if (footprint > most) {
      throw BrokenFileException.tooLarge(
          at.line(),
          at.column(),
          "the objects up to here take more than %,d octets of memory".formatted(most));
    }
  }

  private String given(Mapping object, String field, String otherwise) {
    @Nullable YamlNode own = fields.value(object, field);
    if (own == null && otherwise.isEmpty()) {
      fields.problem(
          ProblemKind.FIELD_MISSING, object, field + " is missing; is this a Kubernetes object?");
    }
    return own == null ? otherwise : fields.text(own, field);
  }

  private void take(Result result) {
    switch (result) {
      case Result.Valid(var manifest, var remarks) -> {
        manifests.add(manifest);
        problems.addAll(remarks);
        mention(manifest.key().namespace());
      }
      case Result.Invalid(var id, var found) -> {
        problems.addAll(found);
        unidentified |= id == null;
        if (id != null) {
          invalid.add(id);
          mention(id.key().namespace());
        }
      }
      case Result.PassedOver(var namespace, var warnings) -> {
        problems.addAll(warnings);
        passedOver++;
        mention(namespace);
      }
    }
  }

  private void mention(String namespace) {
    if (!namespace.isEmpty()) {
      namespaces.add(namespace);
    }
  }
}
