#include "sim/document/strict_builder.h"

#include <limits>
#include <utility>

#include "sim/document/pointer.h"
#include "sim/document/syntax_error.h"

namespace vfstock::sim::document {

bool StrictBuilder::null() { return place(nullptr); }
bool StrictBuilder::boolean(bool value) { return place(value); }
bool StrictBuilder::number_integer(number_integer_t value) { return place(value); }

bool StrictBuilder::number_unsigned(number_unsigned_t value) {
  if (!std::in_range<std::int64_t>(value)) {
    return place(nullptr) && refuse("the whole number " + std::to_string(value) +
                                    " is too large; 9223372036854775807 is the most");
  }
  return place(static_cast<std::int64_t>(value));
}

bool StrictBuilder::number_float(number_float_t value, const string_t& digits) {
  // A whole number too long for 64 bits arrives here, already rounded.
  if (digits.find_first_of(".eE") == std::string::npos) {
    return place(nullptr) && refuse("a whole number of " + std::to_string(digits.size()) +
                                    " characters is out of range; whole numbers go from "
                                    "-9223372036854775808 to 9223372036854775807");
  }
  return place(value);
}

bool StrictBuilder::string(string_t& value) { return place(std::move(value)); }
bool StrictBuilder::binary(binary_t&) { return refuse("binary data is not JSON"); }
bool StrictBuilder::start_object(std::size_t) { return open(Json::object()); }
bool StrictBuilder::end_object() { return close(); }
bool StrictBuilder::start_array(std::size_t) { return open(Json::array()); }
bool StrictBuilder::end_array() { return close(); }

bool StrictBuilder::key(string_t& name) {
  Open& object = open_.back();
  object.key = name;
  if (object.keys.insert(name).second) return true;
  refusal_ = located(file_, pointer(), "this key is given twice; remove one of them");
  return false;
}

bool StrictBuilder::parse_error(std::size_t position, const std::string&,
                                const nlohmann::detail::exception& problem) {
  refusal_ = syntax_error(file_, text_, position, problem.what());
  return false;
}

bool StrictBuilder::place(Json value) {
  if (open_.empty()) {
    document_ = std::move(value);
    placed_ = &document_;
    return true;
  }
  Json& container = *open_.back().container;
  if (container.is_array()) {
    placed_ = &container.emplace_back(std::move(value));
  } else {
    // The ordered map's own insertion searches for the key again, which would make a large object
    // cost the square of its size.
    auto& fields = container.get_ref<Json::object_t&>();
    fields.emplace_back(open_.back().key, std::move(value));
    placed_ = &fields.back().second;
  }
  return true;
}

bool StrictBuilder::open(Json container) {
  place(std::move(container));
  if (open_.size() == nesting_max) {
    return refuse("nested deeper than " + std::to_string(nesting_max) + " levels");
  }
  open_.push_back(Open{placed_, {}, {}});
  return true;
}

bool StrictBuilder::close() {
  open_.pop_back();
  return true;
}

bool StrictBuilder::refuse(const std::string& message) {
  refusal_ = located(file_, pointer(), message);
  return false;
}

// Of the value placed last, or of the key read last.
std::string StrictBuilder::pointer() const {
  std::string pointer;
  for (const Open& container : open_) {
    pointer += container.container->is_array() ? pointer_step(container.container->size() - 1)
                                               : pointer_step(container.key);
  }
  return pointer;
}

}  // namespace vfstock::sim::document
