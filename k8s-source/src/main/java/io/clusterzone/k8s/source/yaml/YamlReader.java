package io.clusterzone.k8s.source.yaml;

import io.clusterzone.k8s.file.Limit;
import io.clusterzone.k8s.source.yaml.YamlNode.Mapping;
import io.clusterzone.k8s.source.yaml.YamlNode.Scalar;
import io.clusterzone.k8s.source.yaml.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;

/// Turns the events of one YAML stream into documents, one at a time. Used by one thread for one
/// file.
///
/// Only wanted fields are built; the rest is skipped event by event. The elements of a top-level
/// `items` are handed over one by one, so a `List` of any length needs the memory of one element.
/// An anchored node is built whole, as an alias may repeat it where other fields are wanted.
/// Aliases share the node they repeat; how much they would be written out is counted and bounded.
public final class YamlReader {
  /// A text so long takes as much memory as a node.
  private static final int CHARACTERS_OF_NODE = 64;

  private static final String ITEMS = "items";
  private static final String MERGE = "<<";

  /// The receiver of the nodes read, in the order of the file.
  public interface Handler {
    /// An element of the `items` of the document that is being read. Returns whether it is held
    /// until the document ends.
    boolean item(YamlNode item) throws BrokenFileException;

    /// A document, without the items already handed over; empty documents are left out.
    void document(YamlNode root) throws BrokenFileException;

    /// A key that stands twice in one mapping; the last value is used.
    void duplicate(Scalar key);
  }

  private final YamlEvents events;
  private final Handler handler;

  /// A null value is an anchor whose node is not complete yet.
  private final Map<Anchor, @Nullable YamlNode> anchors = new HashMap<>();

  private long aliasedNodes;

  /// Nodes of the document that are held, where so many characters count as one.
  private long held;

  public YamlReader(YamlEvents events, Handler handler) {
    this.events = events;
    this.handler = handler;
  }

  public void read() throws BrokenFileException {
    while (true) {
      Event event = events.next();
      switch (event.getEventId()) {
        case StreamEnd -> {
          return;
        }
        case DocumentStart -> {
          anchors.clear();
          held = 0;
        }
        case Scalar, Alias, SequenceStart, MappingStart -> root(event);
        default -> {}
      }
    }
  }

  private void root(Event event) throws BrokenFileException {
    boolean streamed = event.getEventId() == Event.ID.MappingStart && !anchored(event);
    YamlNode root = streamed ? mapping(event, false, 1) : node(event, false, 0);
    boolean empty = root instanceof Scalar scalar && scalar.plain() && PlainScalar.isNull(scalar);
    if (!empty) {
      handler.document(root);
    }
  }

  private YamlNode node(Event event, boolean whole, int depth) throws BrokenFileException {
    @Nullable Anchor anchor = anchorOf(event);
    if (event instanceof AliasEvent) {
      return resolve(event, anchor);
    }
    if (anchor == null) {
      return build(event, whole, depth);
    }
    anchors.put(anchor, null);
    if (anchors.size() > Limit.YAML_ANCHORS.value()) {
      throw broken(
          event, "the document has more than %,d anchors".formatted(Limit.YAML_ANCHORS.value()));
    }
    YamlNode node = build(event, true, depth);
    anchors.put(anchor, node);
    return node;
  }

  private YamlNode resolve(Event event, @Nullable Anchor anchor) throws BrokenFileException {
    @Nullable YamlNode node = anchor == null ? null : anchors.get(anchor);
    if (node == null) {
      boolean open = anchor != null && anchors.containsKey(anchor);
      String name = FieldReader.shorten(String.valueOf(anchor));
      throw broken(
          event,
          open
              ? "the alias *%s stands inside the value it names".formatted(name)
              : "the alias *%s names no anchor above it; define it with &%s".formatted(name, name));
    }
    aliasedNodes += node.size();
    if (aliasedNodes > Limit.YAML_ALIASED_NODES.value()) {
      throw broken(
          event,
          "aliases stand for more than %,d nodes; write less"
              .formatted(Limit.YAML_ALIASED_NODES.value()));
    }
    return node;
  }

  private void hold(Event event, int characters) throws BrokenFileException {
    held += 1 + characters / CHARACTERS_OF_NODE;
    if (held > Limit.YAML_VALUES.value()) {
      throw broken(
          event,
          "the document holds more than %,d values; split it".formatted(Limit.YAML_VALUES.value()));
    }
  }

  private YamlNode build(Event event, boolean whole, int depth) throws BrokenFileException {
    hold(event, event instanceof ScalarEvent scalar ? scalar.getValue().length() : 0);
    return switch (event.getEventId()) {
      case Scalar -> scalar((ScalarEvent) event);
      case SequenceStart -> sequence(event, whole, depth + 1);
      case MappingStart -> mapping(event, whole, depth + 1);
      default -> throw broken(event, "a value is missing here");
    };
  }

  private static Scalar scalar(ScalarEvent event) {
    boolean plain = event.isPlain() && event.getTag().isEmpty();
    return new Scalar(event.getValue(), plain, line(event), column(event));
  }

  private Sequence sequence(Event start, boolean whole, int depth) throws BrokenFileException {
    checkDepth(start, depth);
    List<YamlNode> items = new ArrayList<>();
    long size = 1;
    Event event = events.next();
    while (event.getEventId() != Event.ID.SequenceEnd) {
      YamlNode item = node(event, whole, depth);
      items.add(item);
      size += item.size();
      event = events.next();
    }
    return new Sequence(items, size, line(start), column(start));
  }

  private Mapping mapping(Event start, boolean whole, int depth) throws BrokenFileException {
    checkDepth(start, depth);
    var fields = new MappingBuilder(handler);
    Event event = events.next();
    while (event.getEventId() != Event.ID.MappingEnd) {
      field(fields, event, whole, depth);
      event = events.next();
    }
    return fields.build(line(start), column(start));
  }

  private void field(MappingBuilder fields, Event keyEvent, boolean whole, int depth)
      throws BrokenFileException {
    long before = held;
    if (!(node(keyEvent, whole, depth) instanceof Scalar key)) {
      throw broken(keyEvent, "a key must be text");
    }
    Event event = events.next();
    if (key.plain() && key.text().equals(MERGE)) {
      fields.merge(node(event, whole, depth));
    } else if (depth == 1 && !whole && isStreamed(key, event)) {
      items();
    } else if (whole || WantedFields.wants(key.text())) {
      boolean all = whole || WantedFields.wantsWhole(key.text());
      fields.put(key, node(event, all, depth));
    } else {
      fields.skipped(key);
      held = anchored(keyEvent) ? held : before;
      skip(event, depth);
    }
  }

  private boolean isStreamed(Scalar key, Event value) {
    return key.text().equals(ITEMS)
        && value.getEventId() == Event.ID.SequenceStart
        && !anchored(value);
  }

  private void items() throws BrokenFileException {
    Event event = events.next();
    while (event.getEventId() != Event.ID.SequenceEnd) {
      long before = held;
      YamlNode item = node(event, false, 2);
      boolean kept = handler.item(item) || !anchors.isEmpty();
      held = kept ? held : before;
      event = events.next();
    }
  }

  /// Passes over a value; only what is anchored in it is built.
  private void skip(Event first, int depth) throws BrokenFileException {
    Event event = first;
    int open = 0;
    while (true) {
      switch (event.getEventId()) {
        case SequenceEnd, MappingEnd -> open--;
        case Scalar, Alias, SequenceStart, MappingStart -> {
          checkDepth(event, depth + open);
          if (anchored(event)) {
            node(event, true, depth + open);
          } else if (!(event instanceof ScalarEvent)) {
            open++;
          }
        }
        default -> throw broken(event, "a value is missing here");
      }
      if (open == 0) {
        return;
      }
      event = events.next();
    }
  }

  private static void checkDepth(Event event, int depth) throws BrokenFileException {
    if (depth > Limit.YAML_DEPTH.value()) {
      throw broken(event, "nested more than %d levels deep".formatted(Limit.YAML_DEPTH.value()));
    }
  }

  private static boolean anchored(Event event) {
    return anchorOf(event) != null;
  }

  private static @Nullable Anchor anchorOf(Event event) {
    return event instanceof NodeEvent node ? node.getAnchor().orElse(null) : null;
  }

  private static int line(Event event) {
    return event.getStartMark().map(Mark::getLine).orElse(-1) + 1;
  }

  private static int column(Event event) {
    return event.getStartMark().map(Mark::getColumn).orElse(-1) + 1;
  }

  private static BrokenFileException broken(Event event, String message) {
    return new BrokenFileException(line(event), column(event), message);
  }
}
