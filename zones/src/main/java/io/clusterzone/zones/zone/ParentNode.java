package io.clusterzone.zones.zone;

/// A node with names directly below it, and their number. Most names of a cluster have none.
final class ParentNode extends Node {
  private final int children;

  ParentNode(byte[] bytes, CommonEnds ends, int children) {
    super(bytes, ends);
    this.children = children;
  }

  @Override
  int children() {
    return children;
  }
}
