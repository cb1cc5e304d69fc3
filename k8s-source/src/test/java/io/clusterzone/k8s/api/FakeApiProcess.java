package io.clusterzone.k8s.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;

/// A fake API server with a [LargeCluster], as a process of its own. Prints its URL, and does what
/// the lines that it reads say, until there are no more:
///
/// ```
///   churn N    changes N slices, one after another, the last Service's left out
///   expire     changes the last Service's slice without an event, cuts all watches and forgets
///              what they need to go on: everything is listed again, that slice as the last
/// ```
///
/// `java -cp ... FakeApiProcess SERVICES`
final class FakeApiProcess {
  private final int services;
  private final FakeCluster cluster = new FakeCluster();
  private int changes;
  private int lists;

  private FakeApiProcess(int services) {
    this.services = services;
    LargeCluster.fill(cluster, services);
  }

  public static void main(String[] args) throws IOException {
    new FakeApiProcess(Integer.parseInt(args[0])).run();
  }

  private void run() throws IOException {
    try (var server = new FakeApiServer(cluster);
        var in = new BufferedReader(new InputStreamReader(System.in, UTF_8))) {
      System.out.println(server.url());
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        String[] words = line.split(" ", -1);
        switch (words[0]) {
          case "churn" -> churn(Integer.parseInt(words[1]));
          case "expire" -> expire(server);
          default -> throw new IllegalArgumentException(line);
        }
      }
    }
  }

  private void churn(int count) {
    int others = services - 1;
    for (int i = 0; i < count; i++, changes++) {
      cluster.put(LargeCluster.slice(changes % others, changes / others + 1));
    }
  }

  private void expire(FakeApiServer server) {
    cluster.changeSilently(LargeCluster.slice(services - 1, ++lists));
    cluster.compact();
    server.cut();
  }
}
