package io.clusterzone.k8s.api.decode;

import io.clusterzone.k8s.api.decode.Shape.Field;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Reads a list, or the events of a watch one after the other, from JSON.
///
/// Follows the [Shape] down while names match; everything below a name that does not match is
/// scanned and forgotten. An array stands for its elements.
final class JsonDecoder implements Decoder, JsonScanner.Handler {
  private static final int MAX_SHAPE_DEPTH = 16;

  private final JsonScanner scanner = new JsonScanner(this);
  private final Shape root;
  private final Draft draft;

  /// The kept messages that are open, and the field that led to each.
  private final Shape[] shapes = new Shape[MAX_SHAPE_DEPTH];

  private final @Nullable Field[] openedBy = new @Nullable Field[MAX_SHAPE_DEPTH];
  private int depth;

  /// Objects and arrays open that are not kept, below the last message that is.
  private int ignored;

  /// The field whose value comes, or whose elements; null if it is not kept.
  private @Nullable Field field;

  JsonDecoder(Shape root, Draft draft) {
    this.root = root;
    this.draft = draft;
  }

  @Override
  public void feed(ByteBuffer piece) throws MalformedBodyException {
    scanner.feed(piece);
  }

  @Override
  public void end() throws MalformedBodyException {
    if (!scanner.isBetweenValues()) {
      throw new MalformedBodyException("the body ends in the middle of an object");
    }
  }

  @Override
  public void beginObject() {
    if (ignored > 0) {
      ignored++;
    } else if (depth == 0) {
      push(root, null);
    } else if (field != null && field.nested != null) {
      draft.begin(field.slot);
      push(field.nested, field);
    } else {
      ignored = 1;
    }
  }

  private void push(Shape shape, @Nullable Field by) {
    shapes[depth] = shape;
    openedBy[depth++] = by;
    field = null;
  }

  @Override
  public void endObject() {
    if (ignored > 0) {
      ignored--;
    } else {
      field = openedBy[--depth];
      draft.end(field == null ? Slot.ROOT : field.slot);
    }
  }

  @Override
  public void beginArray() {
    if (ignored > 0 || field == null) {
      ignored++;
    }
  }

  @Override
  public void endArray() {
    if (ignored > 0) {
      ignored--;
    }
  }

  @Override
  public void name(TextBuffer name) {
    if (ignored == 0) {
      field = shapes[depth - 1].byName(name.octets(), name.length());
    }
  }

  @Override
  public boolean wantsText() {
    return ignored == 0 && field != null && field.type == Shape.Type.TEXT;
  }

  @Override
  public void text(TextBuffer text) {
    if (field != null) {
      draft.text(field.slot, text.text());
    }
  }

  @Override
  public void number(long value) {
    if (ignored == 0 && field != null && field.type == Shape.Type.NUMBER) {
      draft.number(field.slot, value);
    }
  }

  @Override
  public void literal(boolean value) {
    if (ignored == 0 && field != null && field.type == Shape.Type.FLAG) {
      draft.flag(field.slot, value);
    }
  }
}
