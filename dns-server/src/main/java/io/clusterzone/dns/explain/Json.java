package io.clusterzone.dns.explain;

import java.util.Collection;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Makes JSON out of texts.
final class Json {
  private Json() {}

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  static ArrayNode array() {
    return JsonNodeFactory.instance.arrayNode();
  }

  /// The texts of the things.
  static ArrayNode texts(Collection<?> things) {
    ArrayNode array = array();
    things.forEach(thing -> array.add(thing.toString()));
    return array;
  }
}
