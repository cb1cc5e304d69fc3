package io.clusterzone.k8s.api.connect;

/// The bounds on requests to the API server.
///
/// @param qps requests a second in the long run, above 0
/// @param burst requests at once after a pause, at least 1
/// @param maxInflight requests under way at once, at least 1; a watch counts until it has begun
public record ApiLimits(double qps, int burst, int maxInflight) {
  public static final ApiLimits DEFAULT = new ApiLimits(50, 100, 10);

  public ApiLimits {
    if (!(qps > 0) || burst < 1 || maxInflight < 1) {
      throw new IllegalArgumentException(qps + " qps, burst " + burst + ", " + maxInflight);
    }
  }
}
