package io.clusterzone.k8s.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.clusterzone.k8s.model.ClusterEvent;
import io.clusterzone.k8s.model.Kind;
import io.clusterzone.k8s.records.ClusterText;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.time.Duration;

/// A fake API server as a process of its own, for runs of the whole server. Prints its URL, then
/// does what it reads, a command on each line, until its input ends:
///
/// ```
///   OBJECT             puts or removes an object; in the words of ClusterText
///   cut                ends all connections
///   expire             forgets what happened, and ends all connections: who is behind lists again
///   stop, start        goes away, and comes back on the same port
///   mute               watches that are open say nothing more, for ever, and stay open
///   restore VERSION    versions start again from there, as after a restore from a backup
///   lose OBJECT        the same as OBJECT, but no watch hears of it
///   echo WORD          prints the word: all commands before it have been done
/// ```
///
/// Watches get a bookmark every half minute.
public final class ScriptedApiServer {
  private static final Duration BOOKMARKS = Duration.ofSeconds(30);

  private final FakeCluster cluster = new FakeCluster();
  private FakeApiServer server;

  private ScriptedApiServer() throws IOException {
    this.server = new FakeApiServer(cluster);
  }

  public static void main(String[] args) throws IOException {
    var process = new ScriptedApiServer();
    Thread.ofVirtual().start(process::sendBookmarks);
    var out = new PrintStream(System.out, true, UTF_8);
    out.println(process.server.url());
    var in = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String[] words = line.split(" ", 2);
      if (words[0].equals("echo")) {
        out.println(words[1]);
      } else {
        process.obey(words[0], line);
      }
    }
    process.server.close();
  }

  private void obey(String verb, String line) throws IOException {
    switch (verb) {
      case "cut" -> server.cut();
      case "expire" -> {
        cluster.compact();
        server.cut();
      }
      case "stop" -> server.stop();
      case "start" -> server = new FakeApiServer(cluster, server.port());
      case "mute" -> server.mute();
      case "restore" -> cluster.restore(Long.parseLong(line.substring("restore ".length())));
      case "lose" -> lose(ClusterText.event(line.substring("lose ".length())));
      default -> happen(ClusterText.event(line));
    }
  }

  private void happen(ClusterEvent event) {
    switch (event) {
      case ClusterEvent.Put(var object) -> cluster.put(object);
      case ClusterEvent.Remove(var kind, var key) -> cluster.remove(kind, key);
      case ClusterEvent.Restored _, ClusterEvent.Synced _ ->
          throw new IllegalArgumentException("no change: " + event);
    }
  }

  private void lose(ClusterEvent event) {
    switch (event) {
      case ClusterEvent.Put(var object) -> cluster.changeSilently(object);
      case ClusterEvent.Remove(var kind, var key) -> cluster.removeSilently(kind, key);
      case ClusterEvent.Restored _, ClusterEvent.Synced _ ->
          throw new IllegalArgumentException("no change: " + event);
    }
  }

  private void sendBookmarks() {
    try {
      while (true) {
        Thread.sleep(BOOKMARKS);
        for (Kind kind : Kind.values()) {
          cluster.bookmark(kind);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
