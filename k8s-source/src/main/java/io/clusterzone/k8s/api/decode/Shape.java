package io.clusterzone.k8s.api.decode;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The kept fields of one message, with their names in JSON and numbers in protobuf. All others are
/// passed over without being stored.
///
/// One table serves both encodings; it is the only place that knows names and numbers. Immutable.
final class Shape {
  enum Type {
    TEXT,
    NUMBER,
    FLAG,
    MESSAGE,
    /// Text by text; the nested shape's names are the keys that are kept.
    MAP,
    /// Protobuf only: octets that begin with `k8s\0` and go on as `runtime.Unknown`.
    ENVELOPE,
    /// Protobuf only: the object inside an envelope, whose shape depends on the envelope's kind.
    CONTENT
  }

  private final List<Field> fields;

  private Shape(List<Field> fields) {
    this.fields = fields;
  }

  static Shape of(Field... fields) {
    return new Shape(List.of(fields));
  }

  /// These fields and the other's.
  Shape with(Shape other) {
    return new Shape(Stream.concat(fields.stream(), other.fields.stream()).toList());
  }

  @Nullable Field byNumber(long number) {
    for (int i = 0; i < fields.size(); i++) {
      if (fields.get(i).number == number) {
        return fields.get(i);
      }
    }
    return null;
  }

  @Nullable Field byName(byte[] name, int length) {
    for (int i = 0; i < fields.size(); i++) {
      if (fields.get(i).isNamed(name, length)) {
        return fields.get(i);
      }
    }
    return null;
  }

  static Field text(String name, int number, Slot slot) {
    return new Field(name, number, Type.TEXT, slot, null);
  }

  static Field number(String name, int number, Slot slot) {
    return new Field(name, number, Type.NUMBER, slot, null);
  }

  static Field flag(String name, int number, Slot slot) {
    return new Field(name, number, Type.FLAG, slot, null);
  }

  static Field message(String name, int number, Slot slot, Shape nested) {
    return new Field(name, number, Type.MESSAGE, slot, nested);
  }

  static Field message(String name, int number, Shape nested) {
    return message(name, number, Slot.PATH, nested);
  }

  static Field map(String name, int number, Field... keys) {
    return new Field(name, number, Type.MAP, Slot.PATH, Shape.of(keys));
  }

  /// One key of a map.
  static Field key(String name, Slot slot) {
    return new Field(name, 0, Type.TEXT, slot, null);
  }

  static Field envelope(int number, Slot slot) {
    return new Field("", number, Type.ENVELOPE, slot, null);
  }

  static Field content(int number) {
    return new Field("", number, Type.CONTENT, Slot.PATH, null);
  }

  /// A field that is kept. A name is empty where JSON has no such field.
  static final class Field {
    private final byte[] name;
    private final int number;
    final Type type;
    final Slot slot;
    final @Nullable Shape nested;

    private Field(String name, int number, Type type, Slot slot, @Nullable Shape nested) {
      this.name = name.getBytes(StandardCharsets.UTF_8);
      this.number = number;
      this.type = type;
      this.slot = slot;
      this.nested = nested;
    }

    private boolean isNamed(byte[] other, int length) {
      return name.length > 0 && Arrays.equals(name, 0, name.length, other, 0, length);
    }
  }
}
