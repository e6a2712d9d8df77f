#include "sim/fuzz/fault_menu.h"

#include <algorithm>
#include <array>
#include <set>
#include <string>

#include "mockpanel/faults/kind.h"

namespace vfstock::sim::fuzz {
namespace {

using mockpanel::faults::Kind;

struct Line {
  std::string_view name, fault_class, fail;
  Bites bites = Bites::anywhere;
};

/// Kinds that are tried in more than one way, or where it matters in which answer they show. All
/// others are added as they are.
constexpr std::array menu{
    Line{"404 json", "not found",
         R"({"kind": "status", "status": 404, "answer": {"msg": "record not found"}})"},
    Line{"404 once", "not found",
         R"({"kind": "status", "status": 404, "answer": {"msg": "record not found"}, "count": 1})"},
    Line{"404 of a route", "not found", R"({"kind": "status", "status": 404,
         "answer": {"message": "The route could not be found."}})"},
    Line{"404 of a service", "not found", R"({"kind": "status", "status": 404,
         "answer": {"status": 404, "error": "Not Found", "path": "/"}})"},
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
    Line{"429 of lists", "patience",
         R"({"kind": "status", "status": 429, "headers": {"Retry-After": "60"}})", Bites::groups},
    Line{"503 of lists", "patience",
         R"({"kind": "status", "status": 503, "headers": {"Retry-After": "30"}})", Bites::groups},
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
    Line{"25 s late", "latency", R"({"kind": "latency", "delay": "25s"})", Bites::everything},
    Line{"29 s late", "latency", R"({"kind": "latency", "delay": "29s"})", Bites::everything},
    Line{"31 s late", "latency", R"({"kind": "latency", "delay": "31s"})"},
    Line{"number as text", "odd number", R"({"kind": "number-as-text"})"},
    Line{"number as float", "odd number", R"({"kind": "number-as-float"})"},
    Line{"number with exponent", "odd number", R"({"kind": "number-with-exponent"})"},
    Line{"number with fraction", "wrong number", R"({"kind": "number-with-fraction"})"},
    Line{"number too large", "wrong number", R"({"kind": "number-too-large"})"},
    Line{"number nan", "wrong number", R"({"kind": "number-nan"})"},
    Line{"number negative", "wrong number", R"({"kind": "number-negative"})"},
    Line{"number beyond 2-53", "wrong number", R"({"kind": "number-beyond-2-53"})"},
    Line{"number beyond 2-63", "wrong number", R"({"kind": "number-beyond-2-63"})"},
    Line{"text address", "odd number",
         R"({"kind": "number-as-text", "field": "/data/0/resources/network/total/ipv4/free"})",
         Bites::groups},
    Line{"text quota", "odd number",
         R"({"kind": "number-as-text", "field": "/data/0/resources/cpuCores/free"})",
         Bites::groups},
    Line{"text last_page", "wrong number", R"({"kind": "number-as-text", "field": "/last_page"})",
         Bites::groups},
    Line{"field null", "spoiled field", R"({"kind": "field-null"})"},
    Line{"field missing", "spoiled field", R"({"kind": "field-missing"})"},
    Line{"field renamed", "spoiled field", R"({"kind": "field-renamed"})"},
    Line{"field twice", "spoiled field", R"({"kind": "field-twice"})"},
    Line{"null cores", "spoiled field", R"({"kind": "field-null", "field": "/data/cpuCores"})",
         Bites::packages},
    Line{"null free disk", "spoiled field",
         R"({"kind": "field-null", "field": "/data/0/resources/localStorage/free"})",
         Bites::groups},
    Line{"null flag", "spoiled field",
         R"({"kind": "field-null", "field": "/data/0/hypervisor/enabled"})", Bites::groups},
    Line{"no enabled", "spoiled field", R"({"kind": "field-missing", "field": "/data/enabled"})",
         Bites::packages},
    Line{"no flag", "spoiled field",
         R"({"kind": "field-missing", "field": "/data/0/hypervisor/prohibit"})", Bites::groups},
    Line{"no last_page", "spoiled field", R"({"kind": "field-missing", "field": "/last_page"})",
         Bites::groups},
    Line{"null last_page", "spoiled field", R"({"kind": "field-null", "field": "/last_page"})",
         Bites::groups},
    Line{"trailing garbage", "odd document", R"({"kind": "trailing-garbage"})"},
    Line{"two documents", "odd document", R"({"kind": "two-documents"})"},
    Line{"invalid utf8", "odd document", R"({"kind": "invalid-utf8"})"},
    Line{"byte order mark", "odd document", R"({"kind": "byte-order-mark"})"},
    Line{"deep nesting", "odd document", R"({"kind": "deep-nesting"})"},
    Line{"another panel", "another truth", R"({"kind": "another-panel"})"},
    Line{"stale answer", "another truth", R"({"kind": "stale-answer"})"},
    Line{"all zero", "another truth", R"({"kind": "all-zero"})"},
    Line{"all times 1000", "another truth", R"({"kind": "all-times-1000"})"},
    Line{"all immense", "another truth", R"({"kind": "all-times-1000", "value": 2147483647})",
         Bites::groups},
    Line{"free above max", "moving state", R"({"kind": "free-above-max"})"},
    Line{"flags flip", "moving state", R"({"kind": "flags-flip"})"},
    Line{"record deleted", "moving state", R"({"kind": "record-deleted"})"},
    Line{"hypervisor twice", "moving state", R"({"kind": "hypervisor-twice"})", Bites::groups},
    Line{"page repeated", "paging", R"({"kind": "page-repeated"})", Bites::groups},
    Line{"items drift", "paging", R"({"kind": "items-drift"})", Bites::groups},
    Line{"endless pages", "paging", R"({"kind": "endless-pages"})", Bites::groups},
    Line{"results ignored", "paging", R"({"kind": "results-ignored"})", Bites::groups},
    Line{"results clamped", "paging", R"({"kind": "results-clamped"})", Bites::groups},
    Line{"last page 1", "paging", R"({"kind": "last-page-lies", "value": 1})", Bites::groups},
    Line{"last page 9", "paging", R"({"kind": "last-page-lies", "value": 9})", Bites::groups},
    Line{"total 1", "paging", R"({"kind": "total-lies", "value": 1})", Bites::groups},
    Line{"total lies", "paging", R"({"kind": "total-lies"})", Bites::groups},
};

/// Which cost too much, or need a panel behind TLS.
bool is_left_out(const Kind& kind) { return kind.costly || kind.handshake.has_value(); }

}  // namespace

const std::vector<FaultSample>& fault_menu() {
  static const std::vector<FaultSample> samples = [] {
    std::vector<FaultSample> all;
    std::set<std::string> tried;
    for (const Line& line : menu) {
      all.push_back({line.name, line.fault_class,
                     document::parse(line.fail, std::string(line.name)), line.bites});
      tried.insert(all.back().fail["kind"].get<std::string>());
    }
    for (const Kind* const kind : Kind::all()) {
      if (is_left_out(*kind) || tried.contains(std::string(kind->name))) continue;
      const bool lists = kind->layer == mockpanel::faults::Layer::paging;
      all.push_back({kind->name,
                     name(kind->layer),
                     {{"kind", kind->name}},
                     lists ? Bites::groups : Bites::anywhere});
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
