package io.clusterzone.dns.report;

import java.util.Iterator;
import java.util.List;
import java.util.Map;

/// Writes maps, lists, texts, numbers and booleans as JSON (RFC 8259), indented by two blanks. Maps
/// are written in the order of their iteration.
public final class JsonText {
  private final StringBuilder text = new StringBuilder();

  private JsonText() {}

  /// The text, with a line feed at its end.
  public static String of(Object value) {
    var json = new JsonText();
    json.write(value, "\n");
    return json.text.append('\n').toString();
  }

  private void write(Object value, String newLine) {
    switch (value) {
      case Map<?, ?> map when !map.isEmpty() -> object(map, newLine + "  ", newLine);
      case Map<?, ?> _ -> text.append("{}");
      case List<?> list when !list.isEmpty() -> array(list, newLine + "  ", newLine);
      case List<?> _ -> text.append("[]");
      case Number number -> text.append(number);
      case Boolean bool -> text.append(bool);
      default -> quoted(value.toString());
    }
  }

  private void object(Map<?, ?> map, String inner, String outer) {
    String before = "{";
    for (Map.Entry<?, ?> field : map.entrySet()) {
      text.append(before).append(inner);
      quoted(field.getKey().toString());
      text.append(": ");
      write(field.getValue(), inner);
      before = ",";
    }
    text.append(outer).append('}');
  }

  private void array(List<?> list, String inner, String outer) {
    String before = "[";
    for (Iterator<?> items = list.iterator(); items.hasNext(); before = ",") {
      text.append(before).append(inner);
      write(items.next(), inner);
    }
    text.append(outer).append(']');
  }

  private void quoted(String value) {
    text.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        text.append('\\').append(c);
      } else if (c < ' ' || c == 0x7f || Character.isSurrogate(c)) {
        text.append("\\u%04x".formatted((int) c));
      } else {
        text.append(c);
      }
    }
    text.append('"');
  }
}
