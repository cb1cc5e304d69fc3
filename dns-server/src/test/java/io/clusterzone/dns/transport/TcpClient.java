package io.clusterzone.dns.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;

/// A TCP client that sends and receives messages with their length in front.
final class TcpClient implements AutoCloseable {
  private final Socket socket;
  private final OutputStream out;
  private final DataInputStream in;

  TcpClient(String address, int port) throws IOException {
    socket = new Socket();
    socket.setReceiveBufferSize(8192);
    socket.connect(new InetSocketAddress(InetAddress.getByName(address), port), 5000);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(5000);
    out = socket.getOutputStream();
    in = new DataInputStream(socket.getInputStream());
  }

  static byte[] frames(String... messages) {
    ByteArrayOutputStream frames = new ByteArrayOutputStream();
    for (String message : messages) {
      frames.write(message.length() >> 8);
      frames.write(message.length());
      frames.writeBytes(message.getBytes(ISO_8859_1));
    }
    return frames.toByteArray();
  }

  void send(String... messages) throws IOException {
    sendOctets(frames(messages));
  }

  void sendOctets(byte... octets) throws IOException {
    out.write(octets);
  }

  String receive() throws IOException {
    byte[] message = new byte[in.readUnsignedShort()];
    in.readFully(message);
    return new String(message, ISO_8859_1);
  }

  String ask(String message) throws IOException {
    send(message);
    return receive();
  }

  void finish() throws IOException {
    socket.shutdownOutput();
  }

  /// Whether the server closes the connection without another octet.
  boolean isClosedByServer() throws IOException {
    try {
      return in.read() < 0;
    } catch (SocketException e) {
      return true; // reset: the server had octets of ours unread
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
