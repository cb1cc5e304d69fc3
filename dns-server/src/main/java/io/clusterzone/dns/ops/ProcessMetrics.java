package io.clusterzone.dns.ops;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The process as the operating system sees it.
///
/// Memory is read from `/proc`, which Linux has; elsewhere its metrics are left out.
public final class ProcessMetrics implements MetricSource {
  private static final Path STATUS = Path.of("/proc/self/status");

  private final Path status;

  public ProcessMetrics() {
    this(STATUS);
  }

  ProcessMetrics(Path status) {
    this.status = status;
  }

  @Override
  public void writeTo(MetricText text) {
    text.gauge("process_start_time_seconds", "When the process started, since 1970.");
    text.sample("", ManagementFactory.getRuntimeMXBean().getStartTime() / 1e3);
    if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system) {
      text.counter("process_cpu_seconds_total", "Time on processors.");
      text.sample("", system.getProcessCpuTime() / 1e9);
      text.gauge("process_open_fds", "Open file descriptors.");
      text.sample("", system.getOpenFileDescriptorCount());
      text.gauge("process_max_fds", "File descriptors that may be open.");
      text.sample("", system.getMaxFileDescriptorCount());
    }
    List<String> lines = lines();
    writeMemory(text, lines, "VmRSS:", "process_resident_memory_bytes", "Resident memory.");
    writeMemory(text, lines, "VmSize:", "process_virtual_memory_bytes", "Virtual memory.");
  }

  private List<String> lines() {
    try {
      return Files.readAllLines(status, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return List.of();
    }
  }

  /// The line reads `VmRSS: 12345 kB`.
  private static void writeMemory(
      MetricText text, List<String> lines, String key, String name, String help) {
    for (String line : lines) {
      if (line.startsWith(key)) {
        text.gauge(name, help);
        text.sample("", Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024);
      }
    }
  }
}
