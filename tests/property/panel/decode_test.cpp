// What the decoder reads is what the panel wrote, whatever else changed; else it reads nothing.
#include "engine/panel/decode.h"

#include <optional>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tests/unit/panel/panel_json.h"

namespace vfstock::panel {
namespace {

using capacity::Hypervisor;
using capacity::Quota;
using capacity::StoragePool;

constexpr std::int64_t bound = std::int64_t{1} << 53;

std::int64_t any_whole() { return *rc::gen::inRange<std::int64_t>(-bound, bound + 1); }

// No panel has more free than there is; without a quota the figure means nothing.
Quota any_quota() {
  const std::int64_t max = *rc::gen::inRange<std::int64_t>(0, bound + 1);
  return {max, max == 0 ? any_whole() : *rc::gen::inRange<std::int64_t>(-bound, max + 1)};
}

// Of a pool that is switched off no figure is read.
StoragePool any_pool(std::int64_t id) {
  StoragePool pool;
  pool.id = id;
  pool.enabled = *rc::gen::arbitrary<bool>();
  pool.storage_type = *rc::gen::inRange<std::int64_t>(-2, 9);
  if (pool.enabled) pool.gigabytes = any_quota();
  return pool;
}

Hypervisor any_hypervisor(std::int64_t id) {
  Hypervisor made;
  made.id = id;
  made.enabled = made.commissioned = true;
  made.memory_mb = any_quota();
  made.cores = any_quota();
  if (*rc::gen::arbitrary<bool>()) made.local_storage = any_pool(0);
  const int pools = *rc::gen::inRange(0, 3);
  for (int i = 0; i < pools; ++i) made.other_storage.push_back(any_pool(i + 1));
  if (*rc::gen::arbitrary<bool>()) made.ipv4_free = any_whole();
  return made;
}

// A number in one of the notations that panels use.
json spelt(std::int64_t number) {
  return *rc::gen::arbitrary<bool>() ? json(number) : json(std::to_string(number));
}

json spelt(bool flag) { return *rc::gen::arbitrary<bool>() ? json(flag) : json(flag ? 1 : 0); }

json spelt(const Quota& quota) { return {{"max", spelt(quota.max)}, {"free", spelt(quota.free)}}; }

json spelt(const StoragePool& pool) {
  json block = spelt(pool.gigabytes);
  block["enabled"] = spelt(pool.enabled);
  block["storageType"] = spelt(pool.storage_type);
  if (pool.id != 0) block["id"] = spelt(pool.id);
  return block;
}

json spelt(const Hypervisor& hypervisor) {
  json resources = {{"memory", spelt(hypervisor.memory_mb)}, {"cpuCores", spelt(hypervisor.cores)}};
  if (hypervisor.local_storage) resources["localStorage"] = spelt(*hypervisor.local_storage);
  resources["otherStorage"] = json::array();
  for (const auto& pool : hypervisor.other_storage) {
    resources["otherStorage"].push_back(spelt(pool));
  }
  if (hypervisor.ipv4_free) {
    resources["network"]["total"]["ipv4"]["free"] = spelt(*hypervisor.ipv4_free);
  }
  return {{"hypervisor",
           {{"id", spelt(hypervisor.id)},
            {"enabled", spelt(hypervisor.enabled)},
            {"commissioned", spelt(hypervisor.commissioned)},
            {"prohibit", spelt(hypervisor.prohibited)}}},
          {"resources", resources}};
}

RC_GTEST_PROP(DecodeGroupPage, ReadsBackEveryHypervisorInEveryNotation, ()) {
  std::vector<Hypervisor> hypervisors;
  std::vector<json> elements;
  const int count = *rc::gen::inRange(0, 5);
  for (int id = 1; id <= count; ++id) {
    hypervisors.push_back(any_hypervisor(id));
    elements.push_back(spelt(hypervisors.back()));
  }
  const auto page = decode_group_page(page_json(elements).dump(), {});
  RC_ASSERT(page.if_found() != nullptr);
  RC_ASSERT(page.if_found()->hypervisors == hypervisors);
}

// Every place in the body of one page that a decision needs.
std::vector<json::json_pointer> needed_numbers() {
  std::vector<json::json_pointer> places;
  for (const char* place :
       {"/hypervisor/id", "/resources/memory/max", "/resources/memory/free",
        "/resources/cpuCores/max", "/resources/cpuCores/free", "/resources/localStorage/max",
        "/resources/localStorage/free", "/resources/localStorage/storageType"}) {
    places.emplace_back(std::string("/data/0") + place);
  }
  return places;
}

RC_GTEST_PROP(DecodeGroupPage, NeverReadsANeededNumberThatIsNone, ()) {
  json body = page_json({hypervisor_json(1)});
  const auto place = *rc::gen::elementOf(needed_numbers());
  body[place] = *rc::gen::elementOf(
      std::vector<json>{nullptr, true, false, "", " 5", "5 ", "5.0", "0x5", "five", 0.5, bound + 1,
                        -bound - 1, json::array(), json::object(), json::array({5})});
  const auto page = decode_group_page(body.dump(), {});
  // PHP's empty object is "no figure" one level above, not at the number itself.
  RC_ASSERT(page.if_unavailable() != nullptr);
  RC_ASSERT(page.if_unavailable()->reason == Reason::malformed);
  RC_ASSERT(page.if_unavailable()->detail.find(place.to_string()) != std::string::npos);
}

// Bytes changed at random, other than digits: these can turn one whole number into another, which
// no reader could notice.
std::string mutated(std::string text) {
  const int changes = *rc::gen::inRange(1, 4);
  for (int i = 0; i < changes && !text.empty(); ++i) {
    const auto at = *rc::gen::inRange<std::size_t>(0, text.size());
    const char byte = static_cast<char>(*rc::gen::inRange(0, 256));
    const auto is_numeric = [](char c) { return (c >= '0' && c <= '9') || c == '-'; };
    if (is_numeric(text[at]) || is_numeric(byte)) continue;
    switch (*rc::gen::inRange(0, 3)) {
      case 0:
        text[at] = byte;
        break;
      case 1:
        text.insert(at, 1, byte);
        break;
      default:
        text.erase(at, 1);
        break;
    }
  }
  return text;
}

// The needed values of a hypervisor, without those whose absence is allowed.
std::vector<std::int64_t> needed(const Hypervisor& hypervisor) {
  return {hypervisor.id, hypervisor.memory_mb.max, hypervisor.memory_mb.free, hypervisor.cores.max,
          hypervisor.cores.free};
}

RC_GTEST_PROP(DecodeGroupPage, ReadsTheSameOrNothingWhenBytesAreDamaged, ()) {
  const json body = page_json({hypervisor_json(1), hypervisor_json(2)});
  const auto intact = decode_group_page(body.dump(), {});
  const auto page = decode_group_page(mutated(body.dump()), {});
  RC_ASSERT(!page.is_missing());
  if (page.if_found() == nullptr) return;
  const auto& read = page.if_found()->hypervisors;
  RC_ASSERT(read.size() == intact.if_found()->hypervisors.size());
  for (std::size_t i = 0; i < read.size(); ++i) {
    if (read[i].eligible()) RC_ASSERT(needed(read[i]) == needed(intact.if_found()->hypervisors[i]));
  }
}

RC_GTEST_PROP(DecodePackage, SurvivesAnyBytes, ()) {
  const auto bytes = *rc::gen::container<std::string>(rc::gen::arbitrary<char>());
  RC_ASSERT(decode_package(bytes, PackageId{1}, {}).if_unavailable() != nullptr);
}

RC_GTEST_PROP(DecodePackage, IsNothingWhenCutShort, ()) {
  const std::string body = package_json(1).dump();
  const auto length = *rc::gen::inRange<std::size_t>(0, body.size());
  RC_ASSERT(decode_package(body.substr(0, length), PackageId{1}, {}).if_unavailable() != nullptr);
}

}  // namespace
}  // namespace vfstock::panel
