package io.clusterzone.k8s.made;

import io.clusterzone.k8s.model.ObjectKey;
import java.util.Map;

/// A Pod of a workload, which has no address yet.
public record MadePod(
    ObjectKey key, Map<String, String> labels, String hostname, String subdomain) {}
