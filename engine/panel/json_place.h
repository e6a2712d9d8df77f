// A place in a JSON document that knows how it was reached, so that every refusal can name itself
// with a JSON pointer. The pointer text is only built when something is refused.
//
// A JsonPlace refers to the document and to the place it was reached from; both must outlive it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "engine/panel/json_document.h"

namespace vfstock::panel {

class JsonPlace {
 public:
  class Elements;

  explicit JsonPlace(const JsonDocument& document) : value_(&document.top()) {}
  explicit JsonPlace(JsonDocument&& document) = delete;

  /// The member of this object, nullopt when absent. Throws Unreadable unless this is an object.
  std::optional<JsonPlace> find(std::string_view key) const&;
  /// The same for a member that must be there.
  JsonPlace at(std::string_view key) const&;
  std::optional<JsonPlace> find(std::string_view key) const&& = delete;
  JsonPlace at(std::string_view key) const&& = delete;

  /// The elements of this array, in order. Throws Unreadable unless this is an array.
  ///   for (const JsonPlace element : data.elements()) ...
  Elements elements() const&;
  Elements elements() const&& = delete;

  bool is_object() const noexcept;
  bool is_array() const noexcept;
  /// null, [] and {}: how panels print a part that they do not have.
  bool is_nothing() const noexcept;
  /// true, false, 1 or 0.
  bool is_flag() const noexcept;

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
  JsonPlace(const JsonValue& value, const JsonPlace* parent, std::size_t index)
      : value_(&value), parent_(parent), index_(index) {}

  const JsonValue* value_;
  const JsonPlace* parent_ = nullptr;
  std::size_t index_ = 0;  // in its parent when that is an array
};

/// A range over an array's elements.
class JsonPlace::Elements {
 public:
  class Iterator {
   public:
    Iterator(const JsonPlace* array, const JsonValue* at, std::size_t index)
        : array_(array), at_(at), index_(index) {}
    JsonPlace operator*() const { return JsonPlace(*at_, array_, index_); }
    Iterator& operator++() {
      at_ += at_->extent;
      ++index_;
      return *this;
    }
    bool operator!=(const Iterator& other) const noexcept { return index_ != other.index_; }

   private:
    const JsonPlace* array_;
    const JsonValue* at_;
    std::size_t index_;
  };

  explicit Elements(const JsonPlace& array) : array_(&array) {}
  std::size_t size() const noexcept { return static_cast<std::size_t>(array_->value_->number); }
  Iterator begin() const { return {array_, array_->value_ + 1, 0}; }
  Iterator end() const { return {array_, nullptr, size()}; }

 private:
  const JsonPlace* array_;
};

}  // namespace vfstock::panel
