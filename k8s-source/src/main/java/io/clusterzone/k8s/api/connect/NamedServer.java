package io.clusterzone.k8s.api.connect;

import io.clusterzone.k8s.model.IpAddress;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import java.net.Socket;
import java.net.http.HttpClient;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;

/// Trusts a server for a name that is not in its URL, the `tls-server-name` of kubeconfig files:
/// the chain as ever, and the name by RFC 9525 section 6.3. Safe on any thread.
final class NamedServer extends X509ExtendedTrustManager {
  private static final int DNS_NAME = 2;
  private static final int IP_ADDRESS = 7;

  private final String name;
  private final X509TrustManager chains;

  private NamedServer(String name, X509TrustManager chains) {
    this.name = name.toLowerCase(Locale.ROOT);
    this.chains = chains;
  }

  /// The managers, each checking the name as well.
  static TrustManager[] trusting(String name, TrustManager... managers) {
    return List.of(managers).stream()
        .map(manager -> manager instanceof X509TrustManager x ? new NamedServer(name, x) : manager)
        .toArray(TrustManager[]::new);
  }

  /// Makes clients that send the name in the handshake (RFC 6066 section 3), where it is not empty
  /// and the URL has an address; the JDK's client sends the URL's own name where it has one. They
  /// follow no redirect: the credentials would go along to any host it names, perhaps in clear.
  static JdkHttpClientFactory clients(String name) {
    return new JdkHttpClientFactory() {
      @Override
      protected void additionalConfig(HttpClient.Builder builder) {
        builder.followRedirects(HttpClient.Redirect.NEVER);
        if (name.isEmpty()) {
          return;
        }
        var parameters = new SSLParameters(null, new String[] {"TLSv1.3", "TLSv1.2"});
        if (!isAddress(name)) {
          parameters.setServerNames(List.of(new SNIHostName(name)));
        }
        builder.sslParameters(parameters);
      }
    };
  }

  private static boolean isAddress(String name) {
    return name.indexOf(':') >= 0 || name.matches("[0-9.]+");
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    checkServerTrusted(chain, type);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    checkServerTrusted(chain, type);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
    chains.checkServerTrusted(chain, type);
    Collection<List<?>> names = chain[0].getSubjectAlternativeNames();
    if (names == null || names.stream().noneMatch(this::matches)) {
      throw new CertificateException("it does not name " + name);
    }
  }

  /// A `*` stands for the whole leftmost label.
  private boolean matches(List<?> alternative) {
    String text = String.valueOf(alternative.get(1)).toLowerCase(Locale.ROOT);
    int dot = name.indexOf('.');
    return switch ((Integer) alternative.get(0)) {
      case DNS_NAME ->
          !isAddress(name)
              && (text.equals(name)
                  || (dot > 0
                      && text.startsWith("*.")
                      && text.substring(1).equals(name.substring(dot))));
      case IP_ADDRESS -> isSameAddress(text, name);
      default -> false;
    };
  }

  /// The JDK writes addresses of version 6 in full.
  private static boolean isSameAddress(String text, String name) {
    try {
      return IpAddress.parse(text).equals(IpAddress.parse(name));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    chains.checkClientTrusted(chain, type);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    chains.checkClientTrusted(chain, type);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
    chains.checkClientTrusted(chain, type);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return chains.getAcceptedIssuers();
  }
}
