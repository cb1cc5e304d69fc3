package io.clusterzone.zones.wire;

import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.name.NameHash;

/// A question in the form in which zones are searched: the folded name with its hash, and the type.
///
/// It is either the question of a received query (then it is its [QueryView]) or one that is asked
/// in its place. A mutable view, reused by one event loop; nothing is allocated to fill it.
public class QuestionView {
  final byte[] name = new byte[Name.MAX_LENGTH + 1];
  int nameLength;
  int type;
  int recordClass;
  long hash;

  /// Makes this the question for `name` and `type` in class IN.
  public void set(Name asked, int askedType) {
    nameLength = asked.length();
    asked.copyTo(name, 0);
    for (int i = 0; i < nameLength; i++) {
      name[i] = Name.fold(name[i]);
    }
    type = askedType;
    recordClass = DnsClass.IN;
    hash = NameHash.of(name, 0, nameLength);
  }

  /// QTYPE.
  public int type() {
    return type;
  }

  /// QCLASS.
  public int recordClass() {
    return recordClass;
  }

  /// QNAME, folded, in wire form, from offset 0. Valid up to [#nameLength]; not to be changed.
  public byte[] name() {
    return name;
  }

  /// Octets of the name, the root label included.
  public int nameLength() {
    return nameLength;
  }

  /// The hash of the whole name; of a received query it is computed for the verdict QUERY alone.
  public long hash() {
    return hash;
  }

  /// The name in the client's spelling. Allocates it.
  public Name spelledName() {
    return Name.ofWire(name, 0);
  }
}
