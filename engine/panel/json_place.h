// A place in a JSON document that knows how it was reached, so that every refusal can name itself
// with a JSON pointer. The pointer text is only built when something is refused.
//
// A JsonPlace refers to the document and to the place it was reached from; both must outlive it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <nlohmann/json_fwd.hpp>

namespace vfstock::panel {

class JsonPlace {
 public:
  explicit JsonPlace(const nlohmann::json& document) : value_(&document) {}

  /// The member of this object, nullopt when absent. Throws Unreadable unless this is an object.
  std::optional<JsonPlace> find(std::string_view key) const&;
  /// The same for a member that must be there.
  JsonPlace at(std::string_view key) const&;
  std::optional<JsonPlace> find(std::string_view key) const&& = delete;
  JsonPlace at(std::string_view key) const&& = delete;

  /// The number of elements of this array. Throws Unreadable unless this is an array.
  std::size_t size() const;
  JsonPlace element(std::size_t index) const&;
  JsonPlace element(std::size_t index) const&& = delete;

  bool is_object() const noexcept;
  bool is_array() const noexcept;
  bool is_null() const noexcept;
  /// True for [], which is how PHP prints an empty object too.
  bool is_empty_array() const noexcept;

  /// A whole number within +-2^53: an integer, an integral float or a string of digits.
  std::int64_t whole() const;
  /// The same, but a string is refused.
  std::int64_t unquoted_whole() const;
  /// true, false, 1 or 0.
  bool flag() const;
  /// The text if this is a string, else empty: for names, which nothing depends on.
  std::string text_or_empty() const;

  /// Throws Unreadable(malformed) with this place's pointer: "at /data/id: expected ..., found
  /// ...".
  [[noreturn]] void refuse(std::string_view expected) const;
  std::string pointer() const;

 private:
  JsonPlace(const nlohmann::json& value, const JsonPlace* parent, std::string_view key,
            std::size_t index)
      : value_(&value), parent_(parent), key_(key), index_(index) {}

  const nlohmann::json* value_;
  const JsonPlace* parent_ = nullptr;
  std::string_view key_;   // names this place in its parent when that is an object
  std::size_t index_ = 0;  // when it is an array
};

}  // namespace vfstock::panel
