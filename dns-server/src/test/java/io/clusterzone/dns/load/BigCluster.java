package io.clusterzone.dns.load;

import java.io.IOException;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.xbill.DNS.Type;

/// A cluster of any size, twenty Services to a namespace and ten endpoints to a Service, in the
/// words of a fake API server; and what it must answer. One Service in ten is headless.
///
/// A Service's endpoints are ten neighbours out of sixteen addresses. Generation after generation
/// the first goes and another comes, so that every change of a slice makes a name that was not
/// there.
///
/// @param services how many
record BigCluster(int services) {
  static final int ENDPOINTS = 10;

  private static final int ADDRESSES = 16;
  private static final int PER_NAMESPACE = 20;
  private static final int HEADLESS_EVERY = 10;

  /// Tells the API server all there is.
  void fill(JavaProcess api) throws IOException {
    for (int i = 0; i < services; i++) {
      if (i % PER_NAMESPACE == 0) {
        api.say("namespace n" + i / PER_NAMESPACE);
      }
      api.say(service(i, 0));
      api.say(slice(i, 0));
    }
    api.tell("echo filled");
    api.read();
  }

  private static String key(int i) {
    return "n" + i / PER_NAMESPACE + "/s" + i;
  }

  static boolean isHeadless(int i) {
    return i % HEADLESS_EVERY == 0;
  }

  /// Whether changes of this Service are changes of its cluster IP, not of its slice.
  static boolean changesAddress(int i) {
    return i % HEADLESS_EVERY == HEADLESS_EVERY / 2;
  }

  /// A Service's object; the cluster IP is another in every generation.
  static String service(int i, int generation) {
    return isHeadless(i)
        ? "headless %s http:tcp:80".formatted(key(i))
        : "service %s %s http:tcp:80".formatted(key(i), clusterIp(i, generation));
  }

  static String clusterIp(int i, int generation) {
    return dotted(10 << 24 | (64 + generation % 32) << 16 | i);
  }

  /// A Service's slice.
  static String slice(int i, int generation) {
    var text = new StringBuilder("slice " + key(i) + "-x7k2p of=s" + i + " http:tcp:8080");
    for (int e = 0; e < ENDPOINTS; e++) {
      text.append(" at=").append(dotted(endpoint(i, generation + e)));
    }
    return text.toString();
  }

  private static int endpoint(int i, int place) {
    return 11 << 24 | i * ADDRESSES + place % ADDRESSES;
  }

  private static String dotted(int ip) {
    return "%d.%d.%d.%d".formatted(ip >>> 24, ip >> 16 & 0xff, ip >> 8 & 0xff, ip & 0xff);
  }

  static String name(int i) {
    return "s" + i + ".n" + i / PER_NAMESPACE + ".svc.cluster.local.";
  }

  /// The name of the endpoint that a generation brought.
  static String newestEndpoint(int i, int generation) {
    return dotted(endpoint(i, generation + ENDPOINTS - 1)).replace('.', '-') + "." + name(i);
  }

  /// Questions as pods ask them, in a shuffled row that begins again when it ends.
  Supplier<Query> questions(RandomGenerator random) {
    var row = new Query[Math.min(services * 4, 100_000)];
    for (int k = 0; k < row.length; k++) {
      row[k] = question(random.nextInt(services), random.nextInt(100));
    }
    return new Supplier<>() {
      private int next;

      @Override
      public Query get() {
        next = (next + 1) % row.length;
        return row[next];
      }
    };
  }

  /// 45 A, 25 AAAA, 20 names that a search path made, 7 SRV, 3 PTR of a hundred.
  private static Query question(int i, int percent) {
    if (percent < 45) {
      return address(i);
    }
    if (percent < 70) {
      return Query.of(name(i), Type.AAAA, Messages.NOERROR, 0);
    }
    if (percent < 90) {
      String searched = name(i) + "svc.cluster.local.";
      return Query.of(searched, Type.A, Messages.NXDOMAIN, 0);
    }
    if (percent < 97) {
      return Query.of(
          "_http._tcp." + name(i), Type.SRV, Messages.NOERROR, isHeadless(i) ? ENDPOINTS : 1);
    }
    return Query.of(reverse(i), Type.PTR, Messages.NOERROR, 1);
  }

  /// The name of the cluster IP of a neighbour that keeps it.
  private static String reverse(int i) {
    String[] octets = clusterIp(i - i % HEADLESS_EVERY + 1, 0).split("\\.", -1);
    return String.join(".", octets[3], octets[2], octets[1], octets[0]) + ".in-addr.arpa.";
  }

  /// The cluster IPs of Services that have one, in any order.
  Supplier<Query> clusterIps(RandomGenerator random) {
    var row = new Query[services / 2];
    for (int i = 0; i < row.length; i++) {
      row[i] = address(i * 2 + 1);
    }
    return () -> row[random.nextInt(row.length)];
  }

  static Query address(int i) {
    return Query.of(name(i), Type.A, Messages.NOERROR, isHeadless(i) ? ENDPOINTS : 1);
  }
}
