package io.clusterzone.dns.step;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.clusterzone.dns.query.Remark;
import io.clusterzone.zones.answer.Outcome;
import io.clusterzone.zones.answer.Responder;
import io.clusterzone.zones.record.RRType;
import io.clusterzone.zones.zone.Node;

/// Says in a few words why the zones of a cluster deny a question: what is missing, and where. It
/// is made of labels of the question alone, so that it tells no name that the client does not know.
///
/// One look at the labels between the closest encloser and the apex; nothing is allocated.
final class Denial {
  private static final byte[] ARPA = {4, 'a', 'r', 'p', 'a', 0};
  private static final byte[] SVC = {3, 's', 'v', 'c'};
  private static final byte[] POD = {3, 'p', 'o', 'd'};

  private static final byte[] NO_ADDRESS = words("nothing here has this address");
  private static final byte[] NO = words("no ");
  private static final byte[] NOT_A_TREE = words(" in this zone: names end in svc or pod");
  private static final byte[] NAMESPACE = words("namespace ");
  private static final byte[] SERVICE = words("Service ");
  private static final byte[] POD_NAME = words("Pod ");
  private static final byte[] PORT = words("port or protocol ");
  private static final byte[] ENDPOINT = words("endpoint ");
  private static final byte[] IN_NAMESPACE = words(" in namespace ");
  private static final byte[] OF_SERVICE = words(" of Service ");
  private static final byte[] NO_SUCH_NAME = words("no such name");
  private static final byte[] ONLY = words("here is only");
  private static final byte[] BLANK = words(" ");
  private static final byte[] OTHER_TYPES = words("other types");
  private static final byte[] ONLY_BELOW = words("no records here, only names below");
  private static final byte[] NOTHING_READY = words("no endpoint is ready");
  private static final byte[] NOT_THIS_FAMILY = words("this address is of the other family");

  private Denial() {}

  private static byte[] words(String text) {
    return text.getBytes(US_ASCII);
  }

  /// Explains the outcome of the last look-up, NXDOMAIN or NODATA.
  static void explain(Outcome outcome, Responder responder, Remark remark) {
    remark.begin();
    if (outcome == Outcome.NXDOMAIN) {
      missing(responder, remark);
    } else {
      bare(responder, remark);
    }
    responder.remark(remark.octets(), remark.length());
  }

  private static void missing(Responder responder, Remark remark) {
    byte[] name = responder.deniedName();
    int length = responder.deniedLength();
    int apex = length - responder.denyingZone().length();
    int encloser = length - responder.encloserLength();
    if (endsWith(name, length, ARPA)) {
      remark.add(NO_ADDRESS);
      return;
    }
    // The labels in front of the apex, the nearest first, and the one in front of the encloser.
    int first = 0;
    int second = 0;
    int third = 0;
    int absent = 0;
    int depth = 0;
    for (int at = 0; at < apex; at += name[at] + 1) {
      third = second;
      second = first;
      first = at;
      absent = at < encloser ? at : absent;
      depth += at < encloser ? 0 : 1;
    }
    boolean services = begins(name, first, SVC);
    if (depth == 0) {
      remark.add(NO).addLabel(name, first).add(NOT_A_TREE);
    } else if (!services && !begins(name, first, POD)) {
      remark.add(NO_SUCH_NAME);
    } else if (depth == 1) {
      remark.add(NO).add(NAMESPACE).addLabel(name, second);
    } else if (depth == 2) {
      remark.add(NO).add(services ? SERVICE : POD_NAME).addLabel(name, third);
      remark.add(IN_NAMESPACE).addLabel(name, second);
    } else {
      boolean port = name[absent] > 0 && name[absent + 1] == '_';
      remark.add(NO).add(port ? PORT : ENDPOINT).addLabel(name, absent);
      remark.add(OF_SERVICE).addLabel(name, third);
    }
  }

  private static boolean endsWith(byte[] name, int length, byte[] end) {
    return length >= end.length && begins(name, length - end.length, end);
  }

  private static boolean begins(byte[] name, int at, byte[] with) {
    for (int i = 0; i < with.length; i++) {
      if (name[at + i] != with[i]) {
        return false;
      }
    }
    return true;
  }

  private static void bare(Responder responder, Remark remark) {
    Node node = responder.bareNode();
    if (node == null) {
      remark.add(NOT_THIS_FAMILY);
    } else if (node.rrsetCount() == 0) {
      boolean service = isService(responder) && (node.flags() & Node.EXISTS) != 0;
      remark.add(service ? NOTHING_READY : ONLY_BELOW);
    } else {
      remark.add(ONLY);
      int rrset = node.firstRRset();
      for (int i = 0; i < node.rrsetCount(); i++) {
        remark.add(BLANK).add(type(node.type(rrset)));
        rrset = node.nextRRset(rrset);
      }
    }
  }

  /// Whether the name denied is that of a Service, SERVICE.NAMESPACE.svc.ZONE.
  private static boolean isService(Responder responder) {
    byte[] name = responder.deniedName();
    int apex = responder.deniedLength() - responder.denyingZone().length();
    int labels = 0;
    int last = 0;
    for (int at = 0; at < apex; at += name[at] + 1) {
      labels++;
      last = at;
    }
    return labels == 3 && begins(name, last, SVC);
  }

  private static final byte[] A = words("A");
  private static final byte[] AAAA = words("AAAA");
  private static final byte[] NS = words("NS");
  private static final byte[] PTR = words("PTR");
  private static final byte[] SOA = words("SOA");
  private static final byte[] SRV = words("SRV");
  private static final byte[] TXT = words("TXT");

  private static byte[] type(int type) {
    return switch (type) {
      case RRType.A -> A;
      case RRType.AAAA -> AAAA;
      case RRType.NS -> NS;
      case RRType.PTR -> PTR;
      case RRType.SOA -> SOA;
      case RRType.SRV -> SRV;
      case RRType.TXT -> TXT;
      default -> OTHER_TYPES;
    };
  }
}
