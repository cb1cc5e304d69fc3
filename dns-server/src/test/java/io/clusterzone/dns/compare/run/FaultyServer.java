package io.clusterzone.dns.compare.run;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A name server that replies whatever a test wants it to, over UDP and TCP at one port.
public final class FaultyServer implements AutoCloseable {
  /// The reply to a query; null is none.
  @FunctionalInterface
  public interface Behaviour {
    byte @Nullable [] reply(byte[] query, boolean tcp);
  }

  private final DatagramSocket datagrams;
  private final ServerSocket connections;
  private final Behaviour behaviour;

  public FaultyServer(Behaviour behaviour) throws IOException {
    this.behaviour = behaviour;
    InetAddress loopback = InetAddress.getLoopbackAddress();
    connections = new ServerSocket(0, 16, loopback);
    datagrams = new DatagramSocket(connections.getLocalPort(), loopback);
    Thread.ofPlatform().daemon().start(this::replyToDatagrams);
    Thread.ofPlatform().daemon().start(this::replyToConnections);
  }

  public InetSocketAddress address() {
    return (InetSocketAddress) datagrams.getLocalSocketAddress();
  }

  private void replyToDatagrams() {
    try {
      while (true) {
        var packet = new DatagramPacket(new byte[4096], 4096);
        datagrams.receive(packet);
        byte[] reply = behaviour.reply(Arrays.copyOf(packet.getData(), packet.getLength()), false);
        if (reply != null) {
          datagrams.send(new DatagramPacket(reply, reply.length, packet.getSocketAddress()));
        }
      }
    } catch (IOException _) {
      // Closed.
    }
  }

  private void replyToConnections() {
    try {
      while (true) {
        try (Socket socket = connections.accept()) {
          var in = new DataInputStream(socket.getInputStream());
          byte[] query = new byte[in.readUnsignedShort()];
          in.readFully(query);
          byte[] reply = behaviour.reply(query, true);
          if (reply != null) {
            ByteBuffer framed = ByteBuffer.allocate(2 + reply.length);
            framed.putShort((short) reply.length).put(reply);
            socket.getOutputStream().write(framed.array());
          }
        }
      }
    } catch (IOException _) {
      // Closed.
    }
  }

  @Override
  public void close() throws IOException {
    datagrams.close();
    connections.close();
  }
}
