#include "engine/live/serve/process_figures.h"

#include <ctime>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include <sys/resource.h>
#include <unistd.h>

namespace vfstock::serve {
namespace {

/// The fields of /proc/self/stat after the name, which may hold anything.
std::istringstream stat_after_name() {
  std::ifstream file("/proc/self/stat");
  std::string line;
  std::getline(file, line);
  const std::size_t end = line.rfind(')');
  return std::istringstream(end == std::string::npos ? std::string() : line.substr(end + 1));
}

/// Seconds since 1970 at which the machine began, of which /proc/stat may be hidden from a service.
double booted() {
  timespec wall{}, since_boot{};
  if (clock_gettime(CLOCK_REALTIME, &wall) != 0 ||
      clock_gettime(CLOCK_BOOTTIME, &since_boot) != 0) {
    return 0;
  }
  return static_cast<double>(wall.tv_sec - since_boot.tv_sec) +
         static_cast<double>(wall.tv_nsec - since_boot.tv_nsec) / 1e9;
}

double seconds_of(const timeval& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

}  // namespace

ProcessFigures process_figures() {
  ProcessFigures figures;
  rusage usage{};
  if (getrusage(RUSAGE_SELF, &usage) == 0) {
    figures.cpu_seconds = seconds_of(usage.ru_utime) + seconds_of(usage.ru_stime);
  }
  std::ifstream memory("/proc/self/statm");
  double pages = 0, resident = 0;
  if (memory >> pages >> resident) {
    figures.resident_bytes = resident * static_cast<double>(sysconf(_SC_PAGESIZE));
  }
  std::error_code error;
  for (std::filesystem::directory_iterator entry("/proc/self/fd", error), end;
       !error && entry != end; entry.increment(error)) {
    ++figures.open_descriptors;
  }
  return figures;
}

double process_started() {
  constexpr int fields_before_start = 19;
  std::istringstream stat = stat_after_name();
  std::string word;
  for (int i = 0; i < fields_before_start; ++i) stat >> word;
  double ticks = 0;
  if (!(stat >> ticks)) return 0;
  return booted() + ticks / static_cast<double>(sysconf(_SC_CLK_TCK));
}

}  // namespace vfstock::serve
