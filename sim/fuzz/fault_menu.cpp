#include "sim/fuzz/fault_menu.h"

#include <algorithm>
#include <array>

namespace vfstock::sim::fuzz {
namespace {

struct Line {
  std::string_view name, fault_class, fail;
};

constexpr std::array menu{
    Line{"404 json", "not found", R"({"kind": "status", "status": 404})"},
    Line{"404 empty", "not found", R"({"kind": "status", "status": 404, "body": "empty"})"},
    Line{"404 html", "not found", R"({"kind": "status", "status": 404, "body": "html"})"},
    Line{"404 later", "not found",
         R"({"kind": "status", "status": 404, "headers": {"Retry-After": "90"}})"},
    Line{"401", "refusal", R"({"kind": "status", "status": 401})"},
    Line{"403", "refusal", R"({"kind": "status", "status": 403})"},
    Line{"410", "refusal", R"({"kind": "status", "status": 410})"},
    Line{"422", "refusal", R"({"kind": "status", "status": 422})"},
    Line{"405 html", "refusal", R"({"kind": "status", "status": 405, "body": "html"})"},
    Line{"429 after 5", "patience",
         R"({"kind": "status", "status": 429, "headers": {"Retry-After": "5"}})"},
    Line{"429 after 200", "patience",
         R"({"kind": "status", "status": 429, "headers": {"Retry-After": "200"}})"},
    Line{"429 bare", "patience", R"({"kind": "status", "status": 429})"},
    Line{"503 after 0", "patience",
         R"({"kind": "status", "status": 503, "headers": {"Retry-After": "0"}})"},
    Line{
        "503 after ages", "patience",
        R"({"kind": "status", "status": 503, "headers": {"Retry-After": "99999999999999999999"}})"},
    Line{"503 after -3", "patience",
         R"({"kind": "status", "status": 503, "headers": {"Retry-After": "-3"}})"},
    Line{"503 after soon", "patience",
         R"({"kind": "status", "status": 503, "headers": {"Retry-After": "soon"}})"},
    Line{"503 until a date", "patience", R"({"kind": "status", "status": 503, "headers":
         {"Retry-After": "Thu, 01 Jan 2026 01:00:00 GMT"}})"},
    Line{"500", "server error", R"({"kind": "status", "status": 500})"},
    Line{"502 html", "server error", R"({"kind": "status", "status": 502, "body": "html"})"},
    Line{"503 empty", "server error", R"({"kind": "status", "status": 503, "body": "empty"})"},
    Line{"522 html", "server error", R"({"kind": "status", "status": 522, "body": "html"})"},
    Line{"302", "odd success", R"({"kind": "status", "status": 302, "body": "html",
         "headers": {"Location": "https://elsewhere.example/login"}})"},
    Line{"204", "odd success", R"({"kind": "status", "status": 204, "body": "empty"})"},
    Line{"206", "odd success", R"({"kind": "status", "status": 206})"},
    Line{"200 html", "odd success", R"({"kind": "status", "status": 200, "body": "html"})"},
    Line{"200 empty", "odd success", R"({"kind": "status", "status": 200, "body": "empty"})"},
    Line{"200 envelope", "odd success", R"({"kind": "status", "status": 200})"},
    Line{"malformed json", "broken body", R"({"kind": "malformed-json"})"},
    Line{"truncated json", "broken body", R"({"kind": "truncated-json"})"},
    Line{"cut", "broken body", R"({"kind": "cut"})"},
    Line{"no answer", "connection", R"({"kind": "no-answer"})"},
    Line{"reset", "connection", R"({"kind": "reset"})"},
    Line{"refused", "connection", R"({"kind": "refused"})"},
    Line{"2 s late", "latency", R"({"kind": "latency", "delay": "2s"})"},
    Line{"29 s late", "latency", R"({"kind": "latency", "delay": "29s"})"},
    Line{"31 s late", "latency", R"({"kind": "latency", "delay": "31s"})"},
};

}  // namespace

const std::vector<FaultSample>& fault_menu() {
  static const std::vector<FaultSample> samples = [] {
    std::vector<FaultSample> all;
    for (const Line& line : menu) {
      all.push_back(
          {line.name, line.fault_class, document::parse(line.fail, std::string(line.name))});
    }
    return all;
  }();
  return samples;
}

const std::vector<std::string_view>& fault_classes() {
  static const std::vector<std::string_view> classes = [] {
    std::vector<std::string_view> all;
    for (const FaultSample& sample : fault_menu()) {
      if (std::find(all.begin(), all.end(), sample.fault_class) == all.end()) {
        all.push_back(sample.fault_class);
      }
    }
    return all;
  }();
  return classes;
}

}  // namespace vfstock::sim::fuzz
