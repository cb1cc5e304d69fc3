package io.clusterzone.dns.query;

import io.clusterzone.dns.loop.LoopChannels;
import io.clusterzone.dns.ops.Counters;
import io.clusterzone.dns.ops.Protocol;
import io.clusterzone.dns.ops.Scope;
import io.clusterzone.dns.ops.log.Log;
import io.netty.channel.DefaultEventLoop;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/// A [QueryHandler] with its counters and its log, asked and read with dnsjava.
final class Bench implements AutoCloseable {
  static final Scope UNMATCHED = Scope.dropped("dns://:53");

  /// For blocks that ask nobody.
  private static final LoopChannels NO_CHANNELS =
      new LoopChannels(new DefaultEventLoop(), NioDatagramChannel::new, NioSocketChannel::new);

  private final Counters counters;
  private final StringBuilder logged = new StringBuilder();
  private final Log log = Log.start(logged, 100);
  private final QueryHandler handler;

  Bench(ServerBlock... blocks) {
    List<Scope> scopes = new ArrayList<>(List.of(UNMATCHED));
    for (ServerBlock block : blocks) {
      scopes.add(block.scope());
    }
    counters = new Counters(1, scopes);
    handler =
        new QueryHandler(
            List.of(blocks), UNMATCHED, counters.loop(0), log, new Workbench(1, NO_CHANNELS));
  }

  Counters counters() {
    return counters;
  }

  static Message question(String name, int type) throws IOException {
    return question(name, type, DClass.IN);
  }

  static Message question(String name, int type, int recordClass) throws IOException {
    return Message.newQuery(Record.newRecord(Name.fromString(name, Name.root), type, recordClass));
  }

  static Message question(String name, String type) throws IOException {
    return question(name, Type.value(type));
  }

  Message ask(Message question) throws IOException {
    return ask(question, Protocol.UDP);
  }

  Message ask(Message question, Protocol protocol) throws IOException {
    byte[] reply = askOctets(question.toWire(), new CapturedReply(protocol, "192.0.2.7"));
    return new Message(reply);
  }

  /// The octets of the reply; none if the message was dropped.
  byte[] askOctets(byte[] message, CapturedReply sink) {
    handle(message, sink);
    byte[] sent = sink.sent();
    return sent == null ? new byte[0] : sent;
  }

  /// The memory is overwritten afterwards, as that of a transport is.
  void handle(byte[] message, CapturedReply sink) {
    ByteBuffer memory = ByteBuffer.allocateDirect(message.length + 5);
    memory.put(5, message);
    handler.handle(memory, 5, message.length, sink);
    memory.put(5, new byte[message.length]);
  }

  Message fail(Message question, Throwable cause) throws IOException {
    byte[] message = question.toWire();
    CapturedReply sink = new CapturedReply(Protocol.UDP, "192.0.2.7");
    handler.failed(ByteBuffer.wrap(message), 0, message.length, sink, cause);
    byte[] sent = sink.sent();
    return new Message(sent == null ? new byte[0] : sent);
  }

  /// Ends the log and its thread, and gives what was written.
  String log() {
    close();
    return logged.toString();
  }

  @Override
  public void close() {
    log.close();
  }
}
