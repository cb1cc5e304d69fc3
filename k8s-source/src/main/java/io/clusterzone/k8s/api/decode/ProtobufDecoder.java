package io.clusterzone.k8s.api.decode;

import io.clusterzone.k8s.api.decode.Shape.Field;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Reads Kubernetes' protobuf: a list is one envelope, a watch is frames of four octets of length
/// and an event whose object is an envelope.
///
/// ```
/// envelope = "k8s\0" runtime.Unknown{1: TypeMeta{2: kind}, 2: the object}
/// list     = envelope
/// watch    = { length(4, big endian) WatchEvent{1: type, 2: RawExtension{1: envelope}} }
/// ```
///
/// A state machine over single octets, so that a piece may end anywhere. Fields outside the [Shape]
/// are counted, not stored; a length that reaches past its message ends the reading.
final class ProtobufDecoder implements Decoder {
  private static final byte[] MAGIC = {'k', '8', 's', 0};
  private static final int MAX_DEPTH = 32;
  private static final int MAX_FRAME = 64 << 20;

  private enum State {
    FRAME_LENGTH,
    MAGIC,
    KEY,
    VARINT,
    LENGTH,
    TEXT,
    SKIP
  }

  private static final int WIRE_VARINT = 0;
  private static final int WIRE_FIXED64 = 1;
  private static final int WIRE_LENGTH = 2;
  private static final int WIRE_FIXED32 = 5;

  private final Shape content;
  private final boolean watch;
  private final Draft draft;
  private final TextBuffer text = new TextBuffer();

  /// The messages that are open: where each ends, counted from the start of the body.
  private final long[] ends = new long[MAX_DEPTH];

  private final Shape[] shapes = new Shape[MAX_DEPTH];
  private final Slot[] slots = new Slot[MAX_DEPTH];
  private int depth;

  private State state;
  private long position;

  /// Octets of the length, magic, varint, text or skipped value read so far or still to come.
  private long remaining;

  private int count;
  private long varint;
  private @Nullable Field field;

  /// The entry of a map that is open, if one is.
  private @Nullable MapEntry entry;

  /// `content` is the shape of the object in the outermost envelope.
  ProtobufDecoder(Shape content, boolean watch, Draft draft) {
    this.content = content;
    this.watch = watch;
    this.draft = draft;
    this.state = watch ? State.FRAME_LENGTH : State.MAGIC;
    if (!watch) {
      open(Shapes.UNKNOWN, Slot.ROOT, Long.MAX_VALUE);
    }
  }

  @Override
  public void feed(ByteBuffer piece) throws MalformedBodyException {
    while (piece.hasRemaining()) {
      if (state == State.SKIP) {
        skip(piece);
      } else {
        position++;
        step(piece.get() & 0xff);
      }
      closeFinished();
    }
  }

  @Override
  public void end() throws MalformedBodyException {
    boolean whole = watch ? state == State.FRAME_LENGTH && count == 0 : betweenFields();
    if (!whole) {
      throw new MalformedBodyException("the body ends in the middle, after octet " + position);
    }
    if (!watch) {
      draft.end(Slot.ROOT);
    }
  }

  private boolean betweenFields() {
    return depth == 1 && state == State.KEY && count == 0;
  }

  private void step(int octet) throws MalformedBodyException {
    switch (state) {
      case FRAME_LENGTH -> frameLength(octet);
      case MAGIC -> magic(octet);
      case KEY, VARINT, LENGTH -> varint(octet);
      case TEXT -> text(octet);
      case SKIP -> throw new IllegalStateException("skipped octets are not stepped through");
    }
  }

  private void frameLength(int octet) throws MalformedBodyException {
    varint = varint << 8 | octet;
    if (++count == 4) {
      if (varint > MAX_FRAME) {
        throw new MalformedBodyException("a watch event of " + varint + " octets");
      }
      push(Shapes.EVENT, Slot.ROOT, position + varint);
      expect(State.KEY);
    }
  }

  private void magic(int octet) throws MalformedBodyException {
    if (octet != MAGIC[count]) {
      throw new MalformedBodyException("not protobuf: no k8s prefix at octet " + position);
    }
    if (++count == MAGIC.length) {
      expect(State.KEY);
    }
  }

  private void varint(int octet) throws MalformedBodyException {
    if (count == 10) {
      throw new MalformedBodyException("a varint of more than 10 octets at octet " + position);
    }
    varint |= (long) (octet & 0x7f) << (7 * count++);
    if ((octet & 0x80) == 0) {
      long value = varint;
      State done = state;
      expect(State.KEY);
      switch (done) {
        case KEY -> key(value);
        case VARINT -> number(value);
        case LENGTH -> length(value);
        default -> throw new IllegalStateException(done.toString());
      }
    }
  }

  private void key(long key) throws MalformedBodyException {
    long number = key >>> 3;
    if (number == 0) {
      throw new MalformedBodyException("field number 0 at octet " + position);
    }
    field = shapes[depth - 1].byNumber(number);
    if (entry != null) {
      entry.field(number);
    }
    switch ((int) (key & 7)) {
      case WIRE_VARINT -> expect(State.VARINT);
      case WIRE_LENGTH -> expect(State.LENGTH);
      case WIRE_FIXED64 -> skipNext(8);
      case WIRE_FIXED32 -> skipNext(4);
      default -> throw new MalformedBodyException("wire type " + (key & 7) + " at " + position);
    }
  }

  private void number(long value) {
    if (field != null && field.type == Shape.Type.NUMBER) {
      draft.number(field.slot, value);
    } else if (field != null && field.type == Shape.Type.FLAG) {
      draft.flag(field.slot, value != 0);
    }
  }

  private void length(long length) throws MalformedBodyException {
    if (length < 0 || length > ends[depth - 1] - position) {
      throw new MalformedBodyException("length " + length + " is too long at " + position);
    }
    if (entry != null && entry.wantsText()) {
      readText(length);
    } else if (field == null) {
      skipNext(length);
    } else {
      open(field, length);
    }
  }

  private void open(Field opened, long length) throws MalformedBodyException {
    long end = position + length;
    switch (opened.type) {
      case TEXT -> readText(length);
      case NUMBER, FLAG -> skipNext(length);
      case MESSAGE -> {
        push(nested(opened), opened.slot, end);
        draft.begin(opened.slot);
      }
      case MAP -> {
        push(MapEntry.SHAPE, Slot.PATH, end);
        entry = new MapEntry(nested(opened));
      }
      case ENVELOPE -> {
        push(Shapes.UNKNOWN, opened.slot, end);
        expect(State.MAGIC);
      }
      case CONTENT -> push(draft.inStatus() ? Shapes.STATUS : content, Slot.PATH, end);
    }
  }

  private static Shape nested(Field field) {
    if (field.nested == null) {
      throw new IllegalStateException("a message without a shape: " + field.slot);
    }
    return field.nested;
  }

  private void readText(long length) {
    text.clear();
    expect(State.TEXT);
    remaining = length;
    if (length == 0) {
      textDone();
    }
  }

  private void text(int octet) {
    text.add(octet);
    if (--remaining == 0) {
      textDone();
    }
  }

  private void textDone() {
    expect(State.KEY);
    if (entry != null) {
      entry.text(text);
    } else if (field != null) {
      draft.text(field.slot, text.text());
    }
  }

  private void skipNext(long octets) {
    expect(octets == 0 ? State.KEY : State.SKIP);
    remaining = octets;
  }

  private void skip(ByteBuffer piece) {
    int skipped = (int) Math.min(remaining, piece.remaining());
    piece.position(piece.position() + skipped);
    position += skipped;
    remaining -= skipped;
    if (remaining == 0) {
      expect(State.KEY);
    }
  }

  private void expect(State next) {
    state = next;
    count = 0;
    varint = 0;
  }

  private void push(Shape shape, Slot slot, long end) throws MalformedBodyException {
    if (depth == MAX_DEPTH) {
      throw new MalformedBodyException("messages nested too deep at octet " + position);
    }
    open(shape, slot, end);
  }

  private void open(Shape shape, Slot slot, long end) {
    shapes[depth] = shape;
    slots[depth] = slot;
    ends[depth++] = end;
  }

  /// Closes the messages that end here.
  private void closeFinished() throws MalformedBodyException {
    while (depth > 0 && position >= ends[depth - 1]) {
      if (state != State.KEY || count > 0 || position > ends[depth - 1]) {
        throw new MalformedBodyException("a field reaches past its message at " + position);
      }
      depth--;
      if (entry != null) {
        entry.close(draft);
        entry = null;
      } else {
        draft.end(slots[depth]);
      }
      if (depth == 0) {
        expect(State.FRAME_LENGTH);
      }
    }
  }
}
