#include "sim/invariants/own_json.h"

#include <cstddef>
#include <string_view>
#include <utility>
#include <vector>

namespace vfstock::sim::invariants {
namespace {

using Json = nlohmann::json;

constexpr std::size_t bytes_max = std::size_t{32} * 1024 * 1024;
constexpr std::size_t levels_max = 64;
constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

/// Builds the document in one walk over the text and stops at the first thing that is wrong.
class Builder final : public nlohmann::json_sax<Json> {
 public:
  bool null() override { return add(nullptr); }
  bool boolean(bool value) override { return add(value); }
  bool number_integer(number_integer_t value) override { return add(value); }
  bool number_unsigned(number_unsigned_t value) override { return add(value); }
  bool number_float(number_float_t value, const string_t&) override { return add(value); }
  bool string(string_t& value) override { return add(std::move(value)); }
  bool binary(binary_t&) override { return false; }  // JSON text has none

  bool start_object(std::size_t) override { return enter(Json::object()); }
  bool start_array(std::size_t) override { return enter(Json::array()); }
  bool end_object() override { return leave(); }
  bool end_array() override { return leave(); }

  bool key(string_t& name) override {
    const auto [field, fresh] = open_.back()->emplace(name, nullptr);
    place_ = &*field;
    if (fresh) return true;
    complaint_ = "gives a key twice" + (name.size() < 40 ? ": \"" + name + "\"" : "");
    return false;
  }
  bool parse_error(std::size_t position, const std::string&, const Json::exception&) override {
    complaint_ = "is not JSON at byte " + std::to_string(position);
    return false;
  }

  Json take() { return std::move(document_); }
  const std::string& complaint() const { return complaint_; }

 private:
  Json* put(Json value) {
    if (open_.empty()) {
      document_ = std::move(value);
      return &document_;
    }
    if (open_.back()->is_array()) return &open_.back()->emplace_back(std::move(value));
    *place_ = std::move(value);
    return place_;
  }
  bool add(Json value) {
    put(std::move(value));
    return true;
  }
  bool enter(Json container) {
    open_.push_back(put(std::move(container)));
    if (open_.size() <= levels_max) return true;
    complaint_ = "is nested more than " + std::to_string(levels_max) + " levels deep";
    return false;
  }
  bool leave() {
    open_.pop_back();
    return true;
  }

  Json document_;
  std::vector<Json*> open_;  // from the outermost to the innermost
  Json* place_ = nullptr;    // of the value that the innermost object's newest key announces
  std::string complaint_;
};

}  // namespace

JsonText read_json(const std::string& bytes) {
  if (bytes.empty()) return {std::nullopt, "is empty"};
  if (bytes.size() > bytes_max) return {std::nullopt, "is larger than 32 MiB"};
  if (bytes.starts_with(byte_order_mark)) return {std::nullopt, "begins with a byte order mark"};
  if (bytes.find('\0') != std::string::npos) return {std::nullopt, "holds a NUL byte"};
  Builder builder;
  if (!Json::sax_parse(bytes, &builder)) return {std::nullopt, builder.complaint()};
  return {builder.take(), {}};
}

}  // namespace vfstock::sim::invariants
