package io.clusterzone.dns.doctor;

/// One kind of fault, looked for. Stateless.
interface Check {
  Section section();

  /// Adds what it finds. A server that does not answer is a finding, not an exception.
  void look(Look look, Findings findings) throws InterruptedException;
}
