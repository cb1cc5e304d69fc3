/// The Corefile: its parser, and one record per directive.
@NullMarked
package io.clusterzone.dns.config;

import org.jspecify.annotations.NullMarked;
