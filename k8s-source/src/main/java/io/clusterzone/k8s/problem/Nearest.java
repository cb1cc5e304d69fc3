package io.clusterzone.k8s.problem;

import java.util.Collection;
import java.util.Locale;

/// Finds the word that was probably meant.
public final class Nearest {
  private static final int MAX_LENGTH = 40;

  private Nearest() {}

  /// `; did you mean "x"?` for the nearest of the known words, or nothing if none is near: at most
  /// one edit for three letters, where swapping two neighbours is one edit.
  public static String hint(String word, Collection<String> known) {
    String nearest = of(word, known, Math.max(1, word.length() / 3));
    return nearest.isEmpty() ? "" : "; did you mean \"" + nearest + "\"?";
  }

  /// The nearest of the known words, if it is within that many edits; else the empty string. Upper
  /// and lower case are the same letter.
  public static String of(String word, Collection<String> known, int edits) {
    String nearest = "";
    int best = edits + 1;
    for (String candidate : known) {
      boolean near =
          word.length() <= MAX_LENGTH && Math.abs(word.length() - candidate.length()) < best;
      int distance = near ? distance(lower(word), lower(candidate)) : best;
      if (distance < best) {
        best = distance;
        nearest = candidate;
      }
    }
    return nearest;
  }

  private static String lower(String word) {
    return word.toLowerCase(Locale.ROOT);
  }

  /// Optimal string alignment distance, in a table of the lengths' product.
  static int distance(String a, String b) {
    int[][] cost = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        cost[i][j] = i == 0 ? j : j == 0 ? i : cheapest(a, b, i, j, cost);
      }
    }
    return cost[a.length()][b.length()];
  }

  private static int cheapest(String a, String b, int i, int j, int[][] cost) {
    int replace = cost[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
    int least = Math.min(replace, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
    boolean swapped =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return swapped ? Math.min(least, cost[i - 2][j - 2] + 1) : least;
  }
}
