package io.clusterzone.k8s.made;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The API server's reading of `ipFamilyPolicy`, `ipFamilies` and `clusterIPs`.
final class ServiceFamiliesTest {
  /// Digits stand for families. A row: why; the cluster's families; policy, ipFamilies, the
  /// families of cluster IPs; `h` headless, `s` selecting; what comes of it.
  @ParameterizedTest(name = "{0}: {2} {3} {4} {5} in {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          nil families, gets cluster default | 46 | | | | s | 4
          nil families, gets cluster default | 64 | | | | s | 6
          nil families, gets cluster default | 6 | | | | s | 6
          they didn't specify a policy, always SingleStack | 46 | | 6 | | s | 6
          they didn't specify a policy, always SingleStack | 46 | | | | hs | 4
          single | 46 | SingleStack | | | s | 4
          single | 46 | SingleStack | 6 | | s | 6
          looking for dual-stack and this cluster does have two, append the missing | 46 | PreferDualStack | | | s | 46
          looking for dual-stack and this cluster does have two, append the missing | 64 | PreferDualStack | | | s | 64
          looking for dual-stack and this cluster does have two, append the missing | 46 | PreferDualStack | 6 | | s | 64
          looking for dual-stack and this cluster does have two, append the missing | 46 | RequireDualStack | | | s | 46
          looking for dual-stack and this cluster does have two, append the missing | 46 | PreferDualStack | | | hs | 46
          preferred, on a single-stack cluster | 4 | PreferDualStack | | | s | 4
          required, on a single-stack cluster: an address is lacking | 4 | RequireDualStack | | | s | 46
          families as they are listed | 46 | RequireDualStack | 64 | | s | 64
          families as they are listed | 46 | | 64 | | s | 64
          infer IPFamilies from ClusterIPs | 46 | | | 6 | s | 6
          infer IPFamilies from ClusterIPs | 46 | RequireDualStack | | 6 | s | 64
          infer IPFamilies from ClusterIPs | 46 | PreferDualStack | | 4 | s | 46
          infer IPFamilies from ClusterIPs | 46 | | | 64 | s | 64
          don't want to auto-upgrade PreferDualStack services | 46 | PreferDualStack | 4 | 4 | s | 4
          headless + selectorless defaults to dual | 46 | | | | h | 46
          headless + selectorless, on a single stack cluster | 4 | | | | h | 46
          headless + selectorless, on a single stack cluster | 6 | PreferDualStack | | | h | 64
          headless + selectorless | 46 | SingleStack | | | h | 4
          """)
  void areThoseOfTheApiServer(
      String why,
      String configured,
      @Nullable String policy,
      @Nullable String families,
      @Nullable String addressed,
      String traits,
      String expected) {
    var service =
        new ServiceFamilies(
            policy == null ? "" : policy,
            families(families),
            families(addressed),
            traits.contains("h"),
            traits.contains("s"));
    assertThat(service.in(families(configured))).as(why).isEqualTo(families(expected));
  }

  private static List<IpFamily> families(@Nullable String digits) {
    return digits == null
        ? List.of()
        : Arrays.stream(digits.split(""))
            .map(digit -> digit.equals("4") ? IpFamily.IPV4 : IpFamily.IPV6)
            .toList();
  }
}
