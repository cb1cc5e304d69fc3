package io.clusterzone.zones.answer;

import io.clusterzone.zones.wire.QuestionView;
import org.jspecify.annotations.Nullable;

/// The name asked for in place of the question's. A [Reply] spells it where it is needed first, and
/// points to it from there on.
///
/// As an owner it is a number below the compression pointers: that of the octets it is without, so
/// that a name above it has one as well. Reused by one event loop.
final class OtherName {
  /// The owner that is the whole name.
  static final int WHOLE = 0;

  private @Nullable QuestionView name;
  private int position;
  private int from;

  void set(QuestionView asked) {
    name = asked;
  }

  /// Begins with a message in which it is not spelled yet.
  void begin() {
    position = 0;
  }

  /// Octets that an owner takes beyond a pointer: more than none where it must be spelled.
  int spelling(int owner) {
    return name != null && isUnspelled(owner)
        ? name.nameLength() - owner - Reply.POINTER_LENGTH
        : 0;
  }

  private boolean isUnspelled(int owner) {
    return owner < NameCompressor.POINTER && (position == 0 || owner < from);
  }

  /// Spells the owner at the end of the reply if it must be, and returns whether it does.
  boolean spell(int owner, Reply reply) {
    if (name == null || !isUnspelled(owner)) {
      return false;
    }
    position = reply.position();
    from = owner;
    reply.put(name.name(), owner, name.nameLength() - owner);
    return true;
  }

  /// The pointer for an owner that stands in the message.
  int pointer(int owner) {
    return owner < NameCompressor.POINTER
        ? NameCompressor.POINTER | (position + owner - from)
        : owner;
  }
}
