package io.clusterzone.k8s.source;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;

/// Lets JSON that is indented with tabs pass as YAML, which does not allow them: in text that
/// begins with `{` or `[`, every tab becomes a space. JSON has no tabs inside quotes.
final class JsonTabs extends FilterReader {
  private enum Text {
    UNKNOWN,
    JSON,
    OTHER
  }

  private Text kind = Text.UNKNOWN;

  JsonTabs(Reader text) {
    super(text);
  }

  @Override
  public int read(char[] buffer, int offset, int length) throws IOException {
    int read = super.read(buffer, offset, length);
    for (int i = offset; i < offset + read && kind != Text.OTHER; i++) {
      if (kind == Text.UNKNOWN && !Character.isWhitespace(buffer[i])) {
        kind = buffer[i] == '{' || buffer[i] == '[' ? Text.JSON : Text.OTHER;
      }
      if (buffer[i] == '\t' && kind == Text.JSON) {
        buffer[i] = ' ';
      }
    }
    return read;
  }
}
