// Single fields of the panel's JSON, read with the tolerance that the rules grant and no more.
//
// Whole numbers may come as integers, integral floats or digit strings, flags as booleans or 0
// and 1. What the rules leave open is taken and remembered as doubtful, so that a client which
// refuses it is not called wrong.
#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>

#include <nlohmann/json.hpp>

namespace vfstock::sim::invariants {

/// A needed field is absent or of the wrong type; what() names it.
class Malformed : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

class Fields {
 public:
  using Json = nlohmann::json;

  /// A member that must be there. Throws Malformed.
  static const Json& member(const Json& object, const char* key, const std::string& where);
  /// A member that may be absent: then null.
  static const Json* find(const Json& object, const char* key);

  /// A whole number of at most 2^53 either way. Throws Malformed.
  std::int64_t whole(const Json& object, const char* key, const std::string& where);
  /// The same and not negative. Throws Malformed.
  std::int64_t not_negative(const Json& object, const char* key, const std::string& where);
  /// A boolean, 0 or 1. Throws Malformed.
  bool flag(const Json& object, const char* key, const std::string& where);

  void mark_doubtful() { doubtful_ = true; }
  /// Something was taken that a stricter reader may refuse.
  bool doubtful() const { return doubtful_; }

 private:
  std::int64_t whole_of_text(const std::string& text, const std::string& place);

  bool doubtful_ = false;
};

}  // namespace vfstock::sim::invariants
