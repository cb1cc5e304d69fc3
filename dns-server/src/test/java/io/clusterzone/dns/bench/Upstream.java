package io.clusterzone.dns.bench;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;

/// Says of every name that it has one address. A thread of its own.
final class Upstream implements AutoCloseable {
  private static final byte[] ANSWER = {
    (byte) 0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, (byte) 192, 0, 2, 1
  };

  private final DatagramSocket socket;

  Upstream() throws IOException {
    socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    Thread.ofPlatform().name("upstream").daemon().start(this::run);
  }

  int port() {
    return socket.getLocalPort();
  }

  @Override
  public void close() {
    socket.close();
  }

  private void run() {
    var packet = new DatagramPacket(new byte[1024], 1024);
    try {
      while (true) {
        packet.setLength(1024);
        socket.receive(packet);
        answer(packet);
        socket.send(packet);
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  /// The answer stands behind the question; what else the query had is left out.
  private static void answer(DatagramPacket packet) {
    byte[] message = packet.getData();
    int end = 12;
    while (message[end] != 0) {
      end += message[end] + 1;
    }
    end += 5;
    message[2] = (byte) 0x84;
    message[3] = 0;
    message[7] = 1;
    message[9] = 0;
    message[11] = 0;
    System.arraycopy(ANSWER, 0, message, end, ANSWER.length);
    packet.setLength(end + ANSWER.length);
  }
}
