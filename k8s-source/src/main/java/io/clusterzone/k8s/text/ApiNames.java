package io.clusterzone.k8s.text;

/// The API server's rules for names. Each method returns the fault, or the empty string.
public final class ApiNames {
  private static final int MAX_LABEL = 63;
  private static final int MAX_SUBDOMAIN = 253;
  private static final int MAX_PORT_NAME = 15;

  private ApiNames() {}

  /// A label (RFC 1123). Services may begin with a digit since the API server relaxed RFC 1035 for
  /// them.
  public static String labelFault(String name) {
    if (name.length() > MAX_LABEL) {
      return "longer than %d characters".formatted(MAX_LABEL);
    }
    if (!isLabel(name)) {
      return "not a DNS label: use a-z, 0-9 and '-', with a letter or digit at both ends";
    }
    return "";
  }

  /// Labels with dots between them (RFC 1123).
  public static String subdomainFault(String name) {
    if (name.length() > MAX_SUBDOMAIN) {
      return "longer than %d characters".formatted(MAX_SUBDOMAIN);
    }
    for (String label : name.split("\\.", -1)) {
      if (!isLabel(label)) {
        return "not a DNS name: use labels of a-z, 0-9 and '-', with '.' between them";
      }
    }
    return "";
  }

  /// The name of a container's port, which a target port may name (RFC 6335 section 5.1).
  public static String portNameFault(String name) {
    boolean letter = name.chars().anyMatch(c -> c >= 'a' && c <= 'z');
    if (name.length() > MAX_PORT_NAME || !isLabel(name) || !letter || name.contains("--")) {
      return "not the name of a port: use at most %d of a-z, 0-9 and '-', with a letter among them"
          .formatted(MAX_PORT_NAME);
    }
    return "";
  }

  private static boolean isLabel(String text) {
    int last = text.length() - 1;
    for (int i = 0; i <= last; i++) {
      char c = text.charAt(i);
      boolean alphanumeric = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
      if (!alphanumeric && (c != '-' || i == 0 || i == last)) {
        return false;
      }
    }
    return last >= 0;
  }
}
