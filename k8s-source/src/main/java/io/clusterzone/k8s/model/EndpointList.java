package io.clusterzone.k8s.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.clusterzone.k8s.model.ClusterObject.Endpoint;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/// Endpoints in one array: a large cluster has ten times as many of them as of anything else, and
/// as objects they take ten times the memory. Immutable; what it hands out is made anew each time,
/// in order and cheaply by its iterator.
///
/// ```
///   each endpoint: flags   bit 0 ready, 1 hostname, 2 pod, 3 zone present, 4 one IPv4 address,
///                          5 terminating
///                  addresses  4 octets; without flag 4: count(n), each 4 or 6 and its 4 or 16
///                  texts      hostname and pod where present, each length(n) and UTF-8
///                  zone       where present, its place(n) in the list of zones
///   n: seven bits in each octet, the lowest first; the highest bit says that more follow
/// ```
final class EndpointList extends AbstractList<Endpoint> {
  private static final int READY = 1;
  private static final int HOSTNAME = 1 << 1;
  private static final int POD = 1 << 2;
  private static final int ZONE = 1 << 3;
  private static final int ONE_V4 = 1 << 4;
  private static final int TERMINATING = 1 << 5;
  private static final EndpointList EMPTY = new EndpointList(0, new byte[0], List.of());

  private final int size;
  private final byte[] octets;

  /// The zones in which there are endpoints: few, and the same Strings in all slices.
  private final List<String> zones;

  private EndpointList(int size, byte[] octets, List<String> zones) {
    this.size = size;
    this.octets = octets;
    this.zones = List.copyOf(zones);
  }

  static EndpointList copyOf(Collection<Endpoint> endpoints) {
    if (endpoints instanceof EndpointList packed) {
      return packed;
    }
    if (endpoints.isEmpty()) {
      return EMPTY;
    }
    var out = new Writer();
    endpoints.forEach(out::write);
    return new EndpointList(endpoints.size(), Arrays.copyOf(out.octets, out.length), out.zones);
  }

  int octets() {
    return octets.length;
  }

  @Override
  public int size() {
    return size;
  }

  /// Reads all that come before; an iterator does not.
  @Override
  public Endpoint get(int index) {
    if (index < 0 || index >= size) {
      throw new IndexOutOfBoundsException(index);
    }
    var reader = new Reader();
    for (int i = 0; i < index; i++) {
      reader.next();
    }
    return reader.next();
  }

  @Override
  public Iterator<Endpoint> iterator() {
    return new Reader();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof EndpointList list
        ? Arrays.equals(octets, list.octets) && zones.equals(list.zones)
        : super.equals(other);
  }

  /// As of any list with these endpoints.
  @Override
  public int hashCode() {
    return super.hashCode();
  }

  private static final class Writer {
    private final List<String> zones = new ArrayList<>(4);
    private byte[] octets = new byte[256];
    private int length;

    void write(Endpoint endpoint) {
      List<IpAddress> addresses = endpoint.addresses();
      boolean oneV4 = addresses.size() == 1 && addresses.getFirst().isV4();
      octet(
          flag(READY, endpoint.ready())
              | flag(HOSTNAME, !endpoint.hostname().isEmpty())
              | flag(POD, !endpoint.pod().isEmpty())
              | flag(ZONE, !endpoint.zone().isEmpty())
              | flag(ONE_V4, oneV4)
              | flag(TERMINATING, endpoint.terminating()));
      if (oneV4) {
        bits(addresses.getFirst().low(), 4);
      } else {
        number(addresses.size());
        addresses.forEach(this::address);
      }
      text(endpoint.hostname());
      text(endpoint.pod());
      zone(endpoint.zone());
    }

    private void zone(String zone) {
      if (!zone.isEmpty()) {
        int place = zones.indexOf(zone);
        number(place < 0 ? zones.size() : place);
        if (place < 0) {
          zones.add(zone);
        }
      }
    }

    private static int flag(int flag, boolean set) {
      return set ? flag : 0;
    }

    private void address(IpAddress address) {
      octet(address.isV4() ? 4 : 6);
      if (address.isV4()) {
        bits(address.low(), 4);
      } else {
        bits(address.high(), 8);
        bits(address.low(), 8);
      }
    }

    private void text(String text) {
      if (!text.isEmpty()) {
        byte[] utf8 = text.getBytes(UTF_8);
        number(utf8.length);
        for (byte octet : utf8) {
          octet(octet);
        }
      }
    }

    private void number(int value) {
      int rest = value;
      for (; rest > 127; rest >>>= 7) {
        octet(rest | 128);
      }
      octet(rest);
    }

    private void bits(long value, int count) {
      for (int i = count - 1; i >= 0; i--) {
        octet((int) (value >>> (8 * i)));
      }
    }

    private void octet(int octet) {
      if (length == octets.length) {
        octets = Arrays.copyOf(octets, 2 * length);
      }
      octets[length++] = (byte) octet;
    }
  }

  private final class Reader implements Iterator<Endpoint> {
    private int at;

    @Override
    public boolean hasNext() {
      return at < octets.length;
    }

    @Override
    public Endpoint next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      int flags = octets[at++];
      List<IpAddress> addresses = (flags & ONE_V4) != 0 ? List.of(v4()) : addresses();
      return new Endpoint(
          addresses,
          (flags & READY) != 0,
          (flags & TERMINATING) != 0,
          text(flags & HOSTNAME),
          text(flags & POD),
          (flags & ZONE) == 0 ? "" : zones.get(number()));
    }

    private List<IpAddress> addresses() {
      var addresses = new IpAddress[number()];
      for (int i = 0; i < addresses.length; i++) {
        addresses[i] = octets[at++] == 4 ? v4() : IpAddress.v6(bits(8), bits(8));
      }
      return List.of(addresses);
    }

    private IpAddress v4() {
      return IpAddress.v4((int) bits(4));
    }

    private String text(int present) {
      if (present == 0) {
        return "";
      }
      int length = number();
      at += length;
      return new String(octets, at - length, length, UTF_8);
    }

    private int number() {
      int value = 0;
      int shift = 0;
      int octet;
      do {
        octet = octets[at++];
        value |= (octet & 127) << shift;
        shift += 7;
      } while (octet < 0);
      return value;
    }

    private long bits(int count) {
      long value = 0;
      for (int i = 0; i < count; i++) {
        value = value << 8 | (octets[at++] & 0xff);
      }
      return value;
    }
  }
}
