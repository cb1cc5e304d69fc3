package io.clusterzone.dns.server;

import io.clusterzone.dns.ops.log.Log;
import java.io.ByteArrayOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;

/// The standard output and error of a process that serves, and its end.
///
/// Standard output may have no reader, and then every writer waits for ever. So once a server is
/// about to start the log's thread alone writes; all other output, the JDK's too, goes through its
/// queue.
public final class ProcessOutput {
  private static @Nullable Log log;

  private ProcessOutput() {}

  /// Lets one thread write from now on, and returns the queue to it. Once for the process.
  static synchronized Log take() {
    Log running = log;
    if (running == null) {
      Charset charset = System.out.charset();
      running =
          Log.start(
              new Octets(FileDescriptor.out, charset),
              new Octets(FileDescriptor.err, charset),
              Log.CAPACITY);
      System.setOut(new PrintStream(new Lines(running, charset, false), true, charset));
      System.setErr(new PrintStream(new Lines(running, charset, true), true, charset));
      log = running;
    }
    return running;
  }

  /// Ends the process. Waiting output has a second to be written.
  public static void end(int code) {
    Log running = taken();
    if (running == null) {
      System.exit(code);
      return;
    }
    try {
      running.close();
    } finally {
      // Not an exit, which waits for others.
      Runtime.getRuntime().halt(code);
    }
  }

  private static synchronized @Nullable Log taken() {
    return log;
  }

  /// Writes text at once, and unlike a [PrintStream] throws each time it could not.
  private static final class Octets implements Appendable {
    private final OutputStream out;
    private final Charset charset;

    Octets(FileDescriptor file, Charset charset) {
      this.out = new FileOutputStream(file);
      this.charset = charset;
    }

    @Override
    public Appendable append(CharSequence text) throws IOException {
      out.write(text.toString().getBytes(charset));
      return this;
    }

    @Override
    public Appendable append(CharSequence text, int start, int end) throws IOException {
      return append(text.subSequence(start, end));
    }

    @Override
    public Appendable append(char letter) throws IOException {
      return append(String.valueOf(letter));
    }
  }

  /// Collects octets until a flush, which a printer does at the end of a line.
  private static final class Lines extends ByteArrayOutputStream {
    private static final int MAX_OCTETS = 1 << 15;

    private final Log log;
    private final Charset charset;
    private final boolean error;

    Lines(Log log, Charset charset, boolean error) {
      this.log = log;
      this.charset = charset;
      this.error = error;
    }

    @Override
    public synchronized void write(int octet) {
      super.write(octet);
      if (octet == '\n' || size() >= MAX_OCTETS) {
        flush();
      }
    }

    @Override
    public synchronized void write(byte[] octets, int offset, int length) {
      super.write(octets, offset, length);
      if (size() >= MAX_OCTETS) {
        flush();
      }
    }

    @Override
    public synchronized void flush() {
      if (size() > 0) {
        log.print(toString(charset), error);
        reset();
      }
    }
  }
}
