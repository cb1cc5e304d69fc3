package io.clusterzone.dns.config;

/// `debug`: logs at debug level, and lets an unexpected exception end the process.
public record Debug() implements Directive {
  @Override
  public boolean hasPart() {
    return false;
  }
}
