// What bounds every exchange with a panel and every refresh. These are the defaults, and they stand
// here alone; a policy may hold others (plan/policy.h).
#pragma once

#include <chrono>
#include <cstdint>

namespace vfstock {

struct Bounds {
  std::chrono::milliseconds connect{10'000};
  std::chrono::milliseconds request{30'000};
  std::chrono::milliseconds sweep{120'000};
  std::int64_t first_line_bytes = std::int64_t{8} * 1024;
  std::int64_t head_bytes = std::int64_t{64} * 1024;
  std::int64_t body_bytes = std::int64_t{32} * 1024 * 1024;  // after decompression
  int nesting = 64;
  int pages = 500;
  std::chrono::seconds retry_after_max{15 * 60};
  int concurrency = 4;  // requests at once
};

inline constexpr Bounds default_bounds{};

}  // namespace vfstock
