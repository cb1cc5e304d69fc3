package io.clusterzone.dns.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;

/// A UDP client that takes replies from the address it asked alone.
final class UdpClient implements AutoCloseable {
  private final DatagramSocket socket;

  UdpClient(String address, int port) throws IOException {
    socket = new DatagramSocket(null);
    socket.connect(new InetSocketAddress(InetAddress.getByName(address), port));
    socket.setSoTimeout(5000);
  }

  void send(byte[] message) throws IOException {
    socket.send(new DatagramPacket(message, message.length));
  }

  void send(String message) throws IOException {
    send(message.getBytes(ISO_8859_1));
  }

  byte[] receive() throws IOException {
    DatagramPacket answer = new DatagramPacket(new byte[65535], 65535);
    socket.receive(answer);
    return Arrays.copyOf(answer.getData(), answer.getLength());
  }

  String ask(String message) throws IOException {
    send(message);
    return new String(receive(), ISO_8859_1);
  }

  @Override
  public void close() {
    socket.close();
  }
}
