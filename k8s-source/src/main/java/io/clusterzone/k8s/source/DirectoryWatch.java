package io.clusterzone.k8s.source;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells which paths of the watched directories were touched. Used by one thread; only [#close()]
/// is safe on any.
///
/// Directories are watched, not files: a mounted ConfigMap changes by a link of its directory, and
/// a good editor by renaming a new file into place.
public final class DirectoryWatch implements TreeScan.Visitor, AutoCloseable {
  /// The link of a mounted ConfigMap whose change swaps all files at once.
  private static final String CONFIG_MAP_LINK = "..data";

  private static final Logger LOG = LoggerFactory.getLogger(DirectoryWatch.class);

  /// The most directories whose events are taken at once: one that changes without end waits its
  /// turn.
  private static final int MAX_KEYS = 10_000;

  /// Null if the system has none to give.
  private final @Nullable WatchService service;

  /// One key may stand for several paths of the same directory.
  private final Map<WatchKey, Set<Path>> directories = new HashMap<>();

  /// Links to files in such a directory, by the files' names.
  private final Map<WatchKey, Map<Path, Set<Path>>> links = new HashMap<>();

  /// The last directory could not be watched: the reason, as a limit reached, is likely the same.
  private boolean complained;

  /// Watches nothing yet. Where the system has no watch left to give, which is reported once,
  /// nothing is ever touched, and changes are found by looking.
  public DirectoryWatch() {
    this(() -> FileSystems.getDefault().newWatchService());
  }

  DirectoryWatch(Services services) {
    service = open(services);
  }

  @FunctionalInterface
  interface Services {
    WatchService open() throws IOException;
  }

  private static @Nullable WatchService open(Services services) {
    try {
      return services.open();
    } catch (IOException e) {
      LOG.warn(
          "files cannot be watched, only looked at now and then, so changes are seen later: {};"
              + " raise fs.inotify.max_user_instances and start again",
          e.getMessage());
      return null;
    }
  }

  /// Watches a directory from now on, under the path by which it was reached. A directory that
  /// cannot be watched is left to the poll.
  @Override
  public void directory(Path directory) {
    @Nullable WatchKey key = key(directory);
    if (key != null) {
      directories.computeIfAbsent(key, _ -> new HashSet<>()).add(directory);
    }
  }

  /// Watches the file that a link leads to: to write it is no event of the link's directory.
  @Override
  public void link(Path link) {
    try {
      Path file = link.toRealPath();
      Path name = file.getFileName();
      @Nullable WatchKey key = name == null ? null : key(file.resolveSibling(""));
      if (key != null) {
        links
            .computeIfAbsent(key, _ -> new HashMap<>())
            .computeIfAbsent(name, _ -> new HashSet<>())
            .add(link);
      }
    } catch (IOException _) {
      // It leads nowhere, which the scan reports.
    }
  }

  private @Nullable WatchKey key(Path directory) {
    if (service == null) {
      return null;
    }
    try {
      WatchKey key =
          directory
              .toAbsolutePath()
              .register(
                  service,
                  StandardWatchEventKinds.ENTRY_CREATE,
                  StandardWatchEventKinds.ENTRY_MODIFY,
                  StandardWatchEventKinds.ENTRY_DELETE);
      complained = false;
      return key;
    } catch (IOException e) {
      if (!complained) {
        LOG.warn("{} cannot be watched ({}); changes are seen later", directory, e);
      }
      complained = true;
      return null;
    }
  }

  /// Waits until something is touched, at most for `timeout`, and returns what.
  public Set<Path> await(Duration timeout) throws InterruptedException {
    Set<Path> touched = new HashSet<>();
    if (service == null) {
      Thread.sleep(timeout);
      return touched;
    }
    @Nullable WatchKey key = service.poll(timeout.toMillis(), TimeUnit.MILLISECONDS);
    for (int keys = 0; key != null; keys++) {
      List<WatchEvent<?>> events = key.pollEvents();
      for (Path directory : directories.getOrDefault(key, Set.of())) {
        events.forEach(event -> add(touched, directory, event));
      }
      Map<Path, Set<Path>> linked = links.getOrDefault(key, Map.of());
      events.forEach(event -> addLinks(touched, linked, event));
      if (!key.reset()) {
        directories.remove(key);
        links.remove(key);
      }
      key = keys + 1 < MAX_KEYS ? service.poll() : null;
    }
    return touched;
  }

  private static void add(Set<Path> touched, Path directory, WatchEvent<?> event) {
    if (!(event.context() instanceof Path name) || name.toString().equals(CONFIG_MAP_LINK)) {
      touched.add(directory);
    } else if (!TreeScan.isHidden(name)) {
      touched.add(directory.resolve(name));
    }
  }

  private static void addLinks(Set<Path> touched, Map<Path, Set<Path>> links, WatchEvent<?> event) {
    if (event.context() instanceof Path name) {
      touched.addAll(links.getOrDefault(name, Set.of()));
    } else {
      links.values().forEach(touched::addAll);
    }
  }

  @Override
  public void close() {
    try {
      if (service != null) {
        service.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
