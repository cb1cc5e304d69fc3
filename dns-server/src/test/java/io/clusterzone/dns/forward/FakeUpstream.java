package io.clusterzone.dns.forward;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Message;

/// An upstream on a loopback port that says whatever a test wants, over UDP and TCP or over TLS.
public final class FakeUpstream implements AutoCloseable {
  /// A query as it came, and over what.
  public record Received(Message query, boolean tcp, InetAddress source, int sourcePort) {}

  /// On one port.
  private record Sockets(ServerSocket tcp, DatagramSocket udp) {
    private static final int ATTEMPTS = 20;

    static Sockets open() {
      InetAddress address = InetAddress.ofLiteral("127.0.0.1");
      for (int attempt = 1; ; attempt++) {
        try {
          ServerSocket tcp = new ServerSocket(0, 128, address);
          try {
            return new Sockets(tcp, new DatagramSocket(tcp.getLocalPort(), address));
          } catch (BindException taken) {
            tcp.close();
            if (attempt == ATTEMPTS) {
              throw taken;
            }
          }
        } catch (IOException cause) {
          throw new UncheckedIOException(cause);
        }
      }
    }
  }

  private static final int MAX_LENGTH = 0xffff;

  /// As a reply over TCP: longer than any message, so that the connection is closed instead.
  static final byte[] HANG_UP = new byte[MAX_LENGTH + 1];

  private final DatagramSocket udp;
  private final ServerSocket tcp;
  private final Queue<Received> received = new ConcurrentLinkedQueue<>();
  private final @Nullable SSLSocketFactory tls;
  private volatile Function<Received, List<byte[]>> behaviour;

  /// @param behaviour from a query to the messages that are sent back, in their order
  public FakeUpstream(Function<Received, List<byte[]>> behaviour) {
    this(behaviour, null);
  }

  /// @param tls what its connections are wrapped in; null for none
  FakeUpstream(Function<Received, List<byte[]>> behaviour, @Nullable SSLSocketFactory tls) {
    this.behaviour = behaviour;
    this.tls = tls;
    Sockets sockets = Sockets.open();
    tcp = sockets.tcp();
    udp = sockets.udp();
    var _ = Thread.ofVirtual().start(this::serveUdp);
    var _ = Thread.ofVirtual().start(this::accept);
  }

  /// One that answers every query with what `answer` makes of it.
  public static FakeUpstream answering(Function<Message, Message> answer) {
    return new FakeUpstream(received -> List.of(answer.apply(received.query()).toWire()));
  }

  /// One that never answers.
  public static FakeUpstream silent() {
    return new FakeUpstream(_ -> List.of());
  }

  /// Refuses TCP connections from now on.
  FakeUpstream withoutTcp() throws IOException {
    tcp.close();
    return this;
  }

  public void behave(Function<Received, List<byte[]>> other) {
    behaviour = other;
  }

  public InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), tcp.getLocalPort());
  }

  public List<Received> received() {
    return List.copyOf(received);
  }

  private void serveUdp() {
    byte[] buffer = new byte[4096];
    while (!udp.isClosed()) {
      var packet = new DatagramPacket(buffer, buffer.length);
      try {
        udp.receive(packet);
        var query = new Message(java.util.Arrays.copyOf(buffer, packet.getLength()));
        for (byte[] reply :
            react(new Received(query, false, packet.getAddress(), packet.getPort()))) {
          udp.send(new DatagramPacket(reply, reply.length, packet.getSocketAddress()));
        }
      } catch (IOException _) {
        // Closed by the test, or a client that has gone.
      }
    }
  }

  private List<byte[]> react(Received query) {
    received.add(query);
    return behaviour.apply(query);
  }

  private void accept() {
    while (!tcp.isClosed()) {
      Socket connection = next();
      if (connection != null) {
        var _ = Thread.ofVirtual().start(() -> serve(connection));
      }
    }
  }

  private @Nullable Socket next() {
    try {
      return tcp.accept();
    } catch (IOException _) {
      return null;
    }
  }

  private void serve(Socket accepted) {
    try (Socket connection = secured(accepted)) {
      var in = new DataInputStream(connection.getInputStream());
      var out = new DataOutputStream(new BufferedOutputStream(connection.getOutputStream()));
      while (true) {
        var query = new Message(in.readNBytes(in.readUnsignedShort()));
        for (byte[] reply :
            react(new Received(query, true, connection.getInetAddress(), connection.getPort()))) {
          if (reply.length > MAX_LENGTH) {
            return;
          }
          out.writeShort(reply.length);
          out.write(reply);
        }
        out.flush();
      }
    } catch (IOException _) {
      // The client closed it.
    }
  }

  private Socket secured(Socket accepted) throws IOException {
    accepted.setTcpNoDelay(true);
    if (tls == null) {
      return accepted;
    }
    var secured = (SSLSocket) tls.createSocket(accepted, null, accepted.getPort(), true);
    secured.setUseClientMode(false);
    return secured;
  }

  @Override
  public void close() {
    try {
      udp.close();
      tcp.close();
    } catch (IOException cause) {
      throw new UncheckedIOException(cause);
    }
  }
}
