package io.clusterzone.k8s.api.decode;

import java.nio.ByteBuffer;

/// Splits JSON (RFC 8259) into its tokens while it arrives, octet by octet; a piece may end
/// anywhere, also within a character or an escape. Several values may follow each other, as in a
/// watch.
///
/// Not a library's reader: those hold each text whole, and remember each name they have met, and
/// annotations and `managedFields` bring a megabyte of the one and thousands of the other, all of
/// no use here.
final class JsonScanner {
  interface Handler {
    void beginObject();

    void endObject();

    void beginArray();

    void endArray();

    void name(TextBuffer name);

    /// Whether to collect the octets of the text that begins now; if not, [#text] is not called.
    boolean wantsText();

    void text(TextBuffer text);

    void number(long value);

    void literal(boolean value);
  }

  private static final int MAX_DEPTH = 512;

  private enum State {
    VALUE,
    FIRST_ELEMENT,
    FIRST_NAME,
    NAME,
    COLON,
    AFTER_VALUE,
    STRING,
    ESCAPE,
    HEX,
    NUMBER,
    LITERAL
  }

  private final Handler handler;
  private final TextBuffer text = new TextBuffer();
  private final boolean[] inObject = new boolean[MAX_DEPTH];
  private int depth;
  private State state = State.VALUE;

  private boolean stringIsName;
  private boolean collecting;
  private int hexDigits;
  private int hexValue;
  private int highSurrogate;

  /// The number or literal that is being read.
  private final byte[] word = new byte[32];

  private int wordLength;
  private String literal = "";
  private long position;

  JsonScanner(Handler handler) {
    this.handler = handler;
  }

  void feed(ByteBuffer piece) throws MalformedBodyException {
    while (piece.hasRemaining()) {
      position++;
      step(piece.get() & 0xff);
    }
  }

  /// Whether the input may end here: after a whole value, or before any.
  boolean isBetweenValues() {
    return depth == 0 && state == State.VALUE;
  }

  private void step(int octet) throws MalformedBodyException {
    switch (state) {
      case STRING -> string(octet);
      case ESCAPE -> escape(octet);
      case HEX -> hex(octet);
      case NUMBER -> number(octet);
      case LITERAL -> literal(octet);
      default -> {
        if (octet != ' ' && octet != '\n' && octet != '\r' && octet != '\t') {
          structure(octet);
        }
      }
    }
  }

  private void structure(int octet) throws MalformedBodyException {
    switch (state) {
      case VALUE -> value(octet);
      case FIRST_ELEMENT -> {
        if (octet == ']') {
          close(false);
        } else {
          value(octet);
        }
      }
      case FIRST_NAME -> {
        if (octet == '}') {
          close(true);
        } else {
          name(octet);
        }
      }
      case NAME -> name(octet);
      case COLON -> {
        require(octet == ':', octet);
        state = State.VALUE;
      }
      default -> afterValue(octet);
    }
  }

  private void value(int octet) throws MalformedBodyException {
    switch (octet) {
      case '{' -> {
        open(true);
        handler.beginObject();
        state = State.FIRST_NAME;
      }
      case '[' -> {
        open(false);
        handler.beginArray();
        state = State.FIRST_ELEMENT;
      }
      case '"' -> beginString(false, handler.wantsText());
      case 't' -> beginLiteral("true");
      case 'f' -> beginLiteral("false");
      case 'n' -> beginLiteral("null");
      default -> {
        require(octet == '-' || isDigit(octet), octet);
        word[0] = (byte) octet;
        wordLength = 1;
        state = State.NUMBER;
      }
    }
  }

  private void name(int octet) throws MalformedBodyException {
    require(octet == '"', octet);
    beginString(true, true);
  }

  private void open(boolean object) throws MalformedBodyException {
    if (depth == MAX_DEPTH) {
      throw new MalformedBodyException("JSON nested too deep at octet " + position);
    }
    inObject[depth++] = object;
  }

  private void afterValue(int octet) throws MalformedBodyException {
    boolean object = inObject[depth - 1];
    if (octet == ',') {
      state = object ? State.NAME : State.VALUE;
    } else {
      require(octet == (object ? '}' : ']'), octet);
      close(object);
    }
  }

  private void close(boolean object) {
    depth--;
    if (object) {
      handler.endObject();
    } else {
      handler.endArray();
    }
    valueDone();
  }

  private void valueDone() {
    state = depth == 0 ? State.VALUE : State.AFTER_VALUE;
  }

  private void beginString(boolean isName, boolean collect) {
    stringIsName = isName;
    collecting = collect;
    highSurrogate = 0;
    text.clear();
    state = State.STRING;
  }

  private void string(int octet) throws MalformedBodyException {
    if (octet == '"') {
      endString();
    } else if (octet == '\\') {
      state = State.ESCAPE;
    } else {
      require(octet >= 0x20, octet);
      add(octet);
    }
  }

  private void endString() {
    flushSurrogate();
    if (stringIsName) {
      handler.name(text);
      state = State.COLON;
    } else {
      if (collecting) {
        handler.text(text);
      }
      valueDone();
    }
  }

  private void add(int octet) {
    flushSurrogate();
    if (collecting) {
      text.add(octet);
    }
  }

  private void escape(int octet) throws MalformedBodyException {
    state = State.STRING;
    switch (octet) {
      case '"', '\\', '/' -> add(octet);
      case 'b' -> add('\b');
      case 'f' -> add('\f');
      case 'n' -> add('\n');
      case 'r' -> add('\r');
      case 't' -> add('\t');
      case 'u' -> {
        hexDigits = 0;
        hexValue = 0;
        state = State.HEX;
      }
      default -> require(false, octet);
    }
  }

  private void hex(int octet) throws MalformedBodyException {
    int digit = Character.digit(octet, 16);
    require(digit >= 0 && octet < 0x80, octet);
    hexValue = hexValue << 4 | digit;
    if (++hexDigits == 4) {
      state = State.STRING;
      utf16(hexValue);
    }
  }

  /// A UTF-16 unit of an escape; the two halves of a pair make one character (RFC 8259 section 7).
  private void utf16(int unit) {
    if (Character.isHighSurrogate((char) unit)) {
      flushSurrogate();
      highSurrogate = unit;
    } else if (highSurrogate != 0 && Character.isLowSurrogate((char) unit)) {
      int character = Character.toCodePoint((char) highSurrogate, (char) unit);
      highSurrogate = 0;
      utf8(character);
    } else {
      flushSurrogate();
      utf8(Character.isSurrogate((char) unit) ? 0xfffd : unit);
    }
  }

  /// A high half that no low half follows.
  private void flushSurrogate() {
    if (highSurrogate != 0) {
      highSurrogate = 0;
      utf8(0xfffd);
    }
  }

  private void utf8(int character) {
    if (!collecting) {
      return;
    }
    if (character < 0x80) {
      text.add(character);
    } else {
      int continuations = character < 0x800 ? 1 : character < 0x10000 ? 2 : 3;
      int lead = 0xff00 >> (continuations + 1) & 0xff;
      text.add(lead | (character >> (6 * continuations)));
      for (int i = continuations - 1; i >= 0; i--) {
        text.add(0x80 | ((character >> (6 * i)) & 0x3f));
      }
    }
  }

  private void beginLiteral(String expected) {
    literal = expected;
    wordLength = 1;
    state = State.LITERAL;
  }

  private void number(int octet) throws MalformedBodyException {
    boolean more =
        isDigit(octet) || octet == '.' || octet == '-' || octet == '+' || (octet | 0x20) == 'e';
    if (more) {
      if (wordLength < word.length) {
        word[wordLength++] = (byte) octet;
      }
      return;
    }
    handler.number(wholeNumber());
    valueDone();
    step(octet);
  }

  /// The number if it is a whole one, else 0: no field that is kept is a fraction.
  private long wholeNumber() {
    long value = 0;
    boolean negative = word[0] == '-';
    for (int i = negative ? 1 : 0; i < wordLength; i++) {
      if (word[i] < '0' || word[i] > '9' || value > Long.MAX_VALUE / 10 - 1) {
        return 0;
      }
      value = value * 10 + (word[i] - '0');
    }
    return negative ? -value : value;
  }

  private static boolean isDigit(int octet) {
    return octet >= '0' && octet <= '9';
  }

  private void literal(int octet) throws MalformedBodyException {
    require(octet == literal.charAt(wordLength), octet);
    if (++wordLength == literal.length()) {
      if (!literal.equals("null")) {
        handler.literal(literal.equals("true"));
      }
      valueDone();
    }
  }

  private void require(boolean expected, int octet) throws MalformedBodyException {
    if (!expected) {
      throw new MalformedBodyException(
          "not JSON: octet 0x" + Integer.toHexString(octet) + " at " + position);
    }
  }
}
