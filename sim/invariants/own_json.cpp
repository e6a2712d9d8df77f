#include "sim/invariants/own_json.h"

#include <cstddef>
#include <set>
#include <string_view>
#include <vector>

namespace vfstock::sim::invariants {
namespace {

using Json = nlohmann::json;

constexpr std::size_t bytes_max = std::size_t{32} * 1024 * 1024;
constexpr std::size_t levels_max = 64;
constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

/// Walks the text once without building anything and stops at the first thing that is wrong.
class Inspector final : public nlohmann::json_sax<Json> {
 public:
  bool null() override { return true; }
  bool boolean(bool) override { return true; }
  bool number_integer(number_integer_t) override { return true; }
  bool number_unsigned(number_unsigned_t) override { return true; }
  bool number_float(number_float_t, const string_t&) override { return true; }
  bool string(string_t&) override { return true; }
  bool binary(binary_t&) override { return true; }

  bool start_object(std::size_t) override { return enter(); }
  bool start_array(std::size_t) override { return enter(); }
  bool end_object() override { return leave(); }
  bool end_array() override { return leave(); }

  bool key(string_t& name) override {
    if (keys_.back().insert(name).second) return true;
    complaint_ = "gives a key twice" + (name.size() < 40 ? ": \"" + name + "\"" : "");
    return false;
  }
  bool parse_error(std::size_t position, const std::string&, const Json::exception&) override {
    complaint_ = "is not JSON at byte " + std::to_string(position);
    return false;
  }

  const std::string& complaint() const { return complaint_; }

 private:
  bool enter() {
    keys_.emplace_back();
    if (keys_.size() <= levels_max) return true;
    complaint_ = "is nested more than " + std::to_string(levels_max) + " levels deep";
    return false;
  }
  bool leave() {
    keys_.pop_back();
    return true;
  }

  std::vector<std::set<std::string>> keys_;  // one per open object or array
  std::string complaint_;
};

}  // namespace

JsonText read_json(const std::string& bytes) {
  if (bytes.empty()) return {std::nullopt, "is empty"};
  if (bytes.size() > bytes_max) return {std::nullopt, "is larger than 32 MiB"};
  if (bytes.starts_with(byte_order_mark)) return {std::nullopt, "begins with a byte order mark"};
  if (bytes.find('\0') != std::string::npos) return {std::nullopt, "holds a NUL byte"};
  Inspector inspector;
  if (!Json::sax_parse(bytes, &inspector)) return {std::nullopt, inspector.complaint()};
  return {Json::parse(bytes), {}};
}

}  // namespace vfstock::sim::invariants
