package io.clusterzone.dns.config.read;

import io.clusterzone.dns.config.Forward.Upstream;
import io.clusterzone.dns.config.text.AddressText;
import io.clusterzone.dns.config.text.TextFiles;
import io.clusterzone.k8s.file.RegularFile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the upstreams of `forward`: `[dns://|tls://]ADDRESS[%NAME][:PORT]`, or a file in the form
/// of `/etc/resolv.conf`. NAME is the server name of the certificate with `tls://`, and an
/// interface of this host without.
final class UpstreamText {
  static final int PORT = 53;
  static final int TLS_PORT = 853;

  private static final String DNS = "dns://";
  private static final String TLS = "tls://";

  /// An upstream before it is known whether its address is one.
  ///
  /// @param name the text after `%`, may be empty
  /// @param port with the colon before it; empty: the default
  private record Parts(String address, String name, String port) {}

  /// A file that has no name servers, or cannot be read.
  static final class BadFileException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    BadFileException(String message) {
      super(message);
    }
  }

  private UpstreamText() {}

  /// The upstreams that one word means.
  ///
  /// @throws BadFileException if it names a file, with what is wrong with that
  /// @throws IllegalArgumentException with what else is wrong
  static List<Upstream> upstreams(String text, TextFiles files) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException("it is empty; is an environment variable not set?");
    }
    boolean tls = text.startsWith(TLS);
    String rest = text.startsWith(DNS) || tls ? text.substring(DNS.length()) : text;
    int scheme = rest.indexOf("://");
    if (scheme >= 0) {
      throw new IllegalArgumentException(
          "upstreams over "
              + rest.substring(0, scheme)
              + ":// are not served; write dns:// or tls://");
    }
    Parts parts = parts(rest);
    if (AddressText.isAddress(parts.address)) {
      return List.of(upstream(parts, tls));
    }
    if (tls) {
      throw new IllegalArgumentException("after tls:// an IP address is expected");
    }
    return ofFile(rest, files);
  }

  private static Parts parts(String text) {
    int close = text.startsWith("[") ? text.indexOf(']') : -1;
    if (close > 0) {
      return parts(text.substring(1, close), text.substring(close + 1));
    }
    int percent = text.indexOf('%');
    int colon = percent < 0 ? text.lastIndexOf(':') : text.indexOf(':', percent);
    return colon < 0 || AddressText.isAddress(text)
        ? parts(text, "")
        : parts(text.substring(0, colon), text.substring(colon));
  }

  private static Parts parts(String host, String port) {
    int percent = host.indexOf('%');
    return percent < 0
        ? new Parts(host, "", port)
        : new Parts(host.substring(0, percent), host.substring(percent + 1), port);
  }

  private static Upstream upstream(Parts parts, boolean tls) {
    int port = tls ? TLS_PORT : PORT;
    if (!parts.port.isEmpty()) {
      port = parts.port.startsWith(":") ? AddressText.port(parts.port.substring(1)) : -1;
      if (port < 1) {
        throw new IllegalArgumentException("a port is 1 to " + AddressText.MAX_PORT);
      }
    }
    boolean scoped = !tls && !parts.name.isEmpty();
    InetAddress address =
        AddressText.address(scoped ? parts.address + "%" + parts.name : parts.address);
    if (address == null) {
      throw new IllegalArgumentException("this host has no interface " + parts.name + " with IPv6");
    }
    return new Upstream(new InetSocketAddress(address, port), tls, tls ? parts.name : "");
  }

  private static List<Upstream> ofFile(String file, TextFiles files) {
    String text = textOf(file, files);
    if (text == null && file.contains("/")) {
      throw new BadFileException("there is no such file");
    } else if (text == null) {
      throw new IllegalArgumentException(
          "it is no IP address and no file; host names are not looked up, write the address");
    }
    return ResolvConf.nameServers(text).stream()
        .map(address -> new Upstream(new InetSocketAddress(address, PORT), false, ""))
        .toList();
  }

  /// The text of the file, or null if there is none.
  private static @Nullable String textOf(String file, TextFiles files) {
    try {
      return files.read(Path.of(file));
    } catch (NoSuchFileException | InvalidPathException _) {
      return null;
    } catch (IOException e) {
      throw new BadFileException("cannot be read: " + RegularFile.reason(e));
    }
  }
}
