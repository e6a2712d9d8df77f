// What a function may rely on, checked where it is said.
//
//   VFSTOCK_REQUIRE(scope.is_all());       always checked: a qty hangs on it
//   VFSTOCK_EXPECT(std::is_sorted(...));   checked in developer and sanitizer builds only
//
// A broken contract is an error in this program and no state of the world. It throws, and whoever
// decides about a product turns the exception into that product's Keep.
#pragma once

#include <stdexcept>
#include <string>

namespace vfstock {

class BrokenContract : public std::logic_error {
 public:
  using std::logic_error::logic_error;
};

[[noreturn]] inline void broken_contract(const char* condition, const char* file, int line) {
  throw BrokenContract(std::string("broken contract: ") + condition + " at " + file + ":" +
                       std::to_string(line));
}

}  // namespace vfstock

#define VFSTOCK_REQUIRE(condition) \
  ((condition) ? static_cast<void>(0) : ::vfstock::broken_contract(#condition, __FILE__, __LINE__))

#if !defined(NDEBUG) || defined(VFSTOCK_CHECKED)
#define VFSTOCK_EXPECT(condition) VFSTOCK_REQUIRE(condition)
#else
#define VFSTOCK_EXPECT(condition) static_cast<void>(sizeof((condition) ? 1 : 0))
#endif
