package io.clusterzone.dns.doctor;

import io.clusterzone.k8s.api.ApiOptions;
import io.clusterzone.k8s.api.ApiProbe;
import io.clusterzone.k8s.api.connect.ApiAccess;
import java.io.IOException;

/// Whether the API server of each cluster answers, and lets the account read what the server needs.
final class ApiCheck implements Check {
  private static final String NAME = "API server";

  @Override
  public Section section() {
    return Section.API;
  }

  @Override
  public void look(Look look, Findings findings) throws InterruptedException {
    if (look.subjects().clusters().isEmpty()) {
      findings.skipped(NAME, "no live cluster is named; name one with --kubeconfig");
    }
    for (ApiOptions options : look.subjects().clusters()) {
      boolean account = options.access() instanceof ApiAccess.InCluster;
      if (account && !look.here().pod()) {
        findings.skipped(
            NAME, "the Corefile means the cluster it runs in, and this is not a Pod of one");
      } else {
        look(options, findings);
      }
    }
  }

  private static void look(ApiOptions options, Findings findings) throws InterruptedException {
    try (var api = new ApiProbe(options.access())) {
      String version = api.version();
      findings.passed(NAME, api.host() + (version.isEmpty() ? "" : " is " + version));
      for (ApiProbe.Permission permission : api.permissions(options)) {
        if (permission.isAllowed()) {
          findings.passed(permission.request(), "allowed");
        } else {
          refused(permission, findings);
        }
      }
    } catch (IOException e) {
      findings.failed(
          NAME,
          String.valueOf(e.getMessage()),
          "see that it runs and can be reached from here, and that the kubeconfig leads to it");
    } catch (IllegalArgumentException e) {
      findings.failed(NAME, String.valueOf(e.getMessage()), "mend the way to the API server");
    }
  }

  private static void refused(ApiProbe.Permission permission, Findings findings) {
    String refusal = permission.refusal();
    String advice;
    if (refusal.startsWith("401")) {
      advice = "the credentials are not accepted; renew the token or the certificate";
    } else if (refusal.startsWith("403")) {
      advice = "grant it to the account: clusterzone rbac prints what a Corefile needs";
    } else if (refusal.startsWith("404")) {
      advice = "the cluster has no such kind; install its definition, or drop what needs it";
    } else {
      advice = "see the API server's log; the server asks again by itself";
    }
    findings.failed(permission.request(), refusal, advice);
  }
}
