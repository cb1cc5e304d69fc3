package io.clusterzone.dns.load;

import java.util.Arrays;
import java.util.Random;
import java.util.function.Supplier;
import org.xbill.DNS.Type;

/// Questions for names that are in no cluster, each of which the [Upstream] gives one address.
final class OutsideNames {
  private static final String TEMPLATE = "n0000000.example.com.";
  private static final int DIGITS = 7;
  private static final int FIRST_DIGIT = Messages.HEADER + 2;

  private OutsideNames() {}

  /// A number of names, in any order.
  static Supplier<Query> all(int count) {
    Query[] row = row(count);
    var random = new Random(2);
    return () -> row[random.nextInt(count)];
  }

  /// Names of which the k-th is asked for in proportion to 1/k (Zipf's law with exponent 1).
  static Supplier<Query> zipf(int count) {
    Query[] row = row(count);
    var sums = new double[count];
    double sum = 0;
    for (int k = 0; k < count; k++) {
      sum += 1.0 / (k + 1);
      sums[k] = sum;
    }
    var random = new Random(3);
    double total = sum;
    return () -> {
      int at = Arrays.binarySearch(sums, random.nextDouble() * total);
      return row[at < 0 ? -at - 1 : at];
    };
  }

  /// Names that nobody has asked for, ten million of them.
  ///
  /// @param series 0 to 7; no name is in two of them
  static Supplier<Query> fresh(int series) {
    String first = (char) ('f' + series) + "0000000.example.com.";
    Query template = Query.of(first, Type.A, Messages.NOERROR, 1);
    return new Supplier<>() {
      private int next;

      @Override
      public Query get() {
        return numbered(template, next++);
      }
    };
  }

  private static Query[] row(int count) {
    Query template = Query.of(TEMPLATE, Type.A, Messages.NOERROR, 1);
    var row = new Query[count];
    for (int i = 0; i < count; i++) {
      row[i] = numbered(template, i);
    }
    return row;
  }

  private static Query numbered(Query template, int number) {
    byte[] message = template.message().clone();
    int rest = number;
    for (int i = FIRST_DIGIT + DIGITS - 1; i >= FIRST_DIGIT; i--) {
      message[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    return new Query(message, template.rcode(), template.answers());
  }
}
