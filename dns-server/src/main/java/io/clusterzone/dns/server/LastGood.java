package io.clusterzone.dns.server;

import io.clusterzone.dns.config.Corefile;
import io.clusterzone.dns.config.Reload;
import io.clusterzone.dns.config.text.PackedText;
import io.clusterzone.k8s.file.Limit;
import io.clusterzone.k8s.file.RegularFile;
import io.clusterzone.k8s.kept.KeptFile;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The copy of the last Corefile served, for a start with a bad one. It holds its imports, so it
/// depends on no other Corefile.
public final class LastGood {
  private static final Logger LOG = LoggerFactory.getLogger(LastGood.class);

  private LastGood() {}

  /// The place that the Corefile wants for it; null: none.
  static @Nullable Path place(Corefile corefile) {
    Reload reload = corefile.findFirst(Reload.class);
    return reload == null ? null : reload.lastGood();
  }

  /// Keeps the text in place of the last, whole or not at all. A failure is logged: the server does
  /// not need the copy to go on.
  public static void keep(Corefile corefile, PackedText text) {
    Path place = place(corefile);
    if (place == null) {
      return;
    }
    var kept = new KeptFile(place, KeptFile.Form.COREFILE);
    try {
      kept.removeUnfinished();
      kept.write(text.text());
    } catch (IOException e) {
      LOG.warn("reload: cannot keep the last good Corefile in {}: {}", place, e.toString());
    }
  }

  /// The last good Corefile, from the place that a faulty one names, as far as legible; null if
  /// nothing is kept there, or it is not good either.
  public static @Nullable Corefile find(CorefileFile file, Corefile legible) {
    Path place = place(legible);
    if (place == null) {
      return null;
    }
    try {
      String text = RegularFile.text(place, Limit.LAST_GOOD_OCTETS);
      Corefile kept = CorefileFile.startable(file.read(text));
      LOG.warn("reload: started from {}, the last Corefile that was good", place);
      return kept;
    } catch (NoSuchFileException _) {
      return null;
    } catch (IOException | Unservable e) {
      LOG.warn("reload: cannot start from {}: {}", place, RegularFile.reason(e));
      return null;
    }
  }
}
