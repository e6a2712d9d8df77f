#include "engine/panel/decode.h"

#include <limits>
#include <string>

#include <gtest/gtest.h>

#include "tests/unit/panel/panel_json.h"

namespace vfstock::panel {
namespace {

using capacity::Hypervisor;
using capacity::Quota;

std::string package_refusal(const json& body) {
  const auto lookup = decode_package(body.dump(), PackageId{1}, {});
  const Unavailable* why = lookup.if_unavailable();
  return why ? std::string(name(why->reason)) + ": " + why->detail : "accepted";
}

Package package_of(const json& body) {
  const auto lookup = decode_package(body.dump(), PackageId{1}, {});
  EXPECT_NE(lookup.if_found(), nullptr) << body;
  return lookup.if_found() ? *lookup.if_found() : Package{};
}

std::string page_refusal(const json& body, DecodeRules rules = {}) {
  const auto lookup = decode_group_page(body.dump(), rules);
  const Unavailable* why = lookup.if_unavailable();
  return why ? std::string(name(why->reason)) + ": " + why->detail : "accepted";
}

std::string refusal(const json& hypervisor, DecodeRules rules = {}) {
  return page_refusal(page_json({hypervisor}), rules);
}

Hypervisor decoded(const json& hypervisor, DecodeRules rules = {}) {
  const auto lookup = decode_group_page(page_json({hypervisor}).dump(), rules);
  EXPECT_NE(lookup.if_found(), nullptr) << refusal(hypervisor, rules);
  return lookup.if_found() ? lookup.if_found()->hypervisors.at(0) : Hypervisor{};
}

TEST(DecodePackage, ReadsWhatOneVpsCosts) {
  const Package package = package_of(package_json(1));
  EXPECT_EQ(package, (Package{PackageId{1}, "VPS S", true, 1024, 1, 10, 0}));
}

TEST(DecodePackage, NeedsEveryFieldOfItsFootprint) {
  for (const char* field :
       {"id", "enabled", "memory", "cpuCores", "primaryStorage", "primaryStorageProfile"}) {
    json missing = package_json(1);
    missing["data"].erase(field);
    EXPECT_EQ(package_refusal(missing), std::string("malformed: at /data/") + field + ": missing");
    json null = package_json(1);
    null["data"][field] = nullptr;
    EXPECT_TRUE(package_refusal(null).starts_with(std::string("malformed: at /data/") + field))
        << package_refusal(null);
    EXPECT_TRUE(package_refusal(null).ends_with("found null"));
  }
}

TEST(DecodePackage, RefusesNumbersThatAreNotWhole) {
  for (const json& value : {json(1.5), json("abc"), json(""), json("1.5"), json(true),
                            json::array(), json(9007199254740993), json(-9007199254740993),
                            json(std::numeric_limits<std::uint64_t>::max())}) {
    json body = package_json(1);
    body["data"]["memory"] = value;
    EXPECT_TRUE(package_refusal(body).starts_with("malformed: at /data/memory: expected"))
        << package_refusal(body);
  }
}

TEST(DecodePackage, TakesDigitStringsAndIntegralFloats) {
  json body = package_json(1);
  body["data"]["memory"] = "2048";
  body["data"]["cpuCores"] = 2.0;
  body["data"]["enabled"] = 1;
  const Package package = package_of(body);
  EXPECT_EQ(package.memory_mb, 2048);
  EXPECT_EQ(package.cores, 2);
  EXPECT_TRUE(package.enabled);
}

TEST(DecodePackage, RefusesFlagsThatAreNeitherBooleansNorZeroOrOne) {
  for (const json& value :
       {json(2), json("true"), json("1"), json(0.5), json(-1), json::object()}) {
    json body = package_json(1);
    body["data"]["enabled"] = value;
    EXPECT_TRUE(package_refusal(body).starts_with(
        "malformed: at /data/enabled: expected true, false, 1 or 0"));
  }
}

TEST(DecodePackage, RefusesNeedsBelowOne) {
  for (const char* field : {"memory", "cpuCores", "primaryStorage"}) {
    for (const int value : {0, -2}) {
      json body = package_json(1);
      body["data"][field] = value;
      EXPECT_EQ(package_refusal(body), std::string("malformed: at /data/") + field +
                                           ": expected a number of 1 or more, found number");
    }
  }
}

TEST(DecodePackages, TakesTheRecordsThatCanBeRead) {
  json bad = package_json(2)["data"];
  bad["cpuCores"] = -2;
  const json list{{"data", {package_json(1)["data"], bad, nullptr, package_json(3)["data"]}}};
  const auto lookup = decode_packages(list.dump(), {});
  ASSERT_NE(lookup.if_found(), nullptr);
  ASSERT_EQ(lookup.if_found()->size(), 2U);
  EXPECT_EQ(lookup.if_found()->at(1).id, PackageId{3});
  for (const char* body : {"{}", "[]", R"({"data":{}})", "x"}) {
    EXPECT_NE(decode_packages(body, {}).if_unavailable(), nullptr) << body;
  }
}

TEST(BelievedStatus, ReadsA200WithoutARecordAsAnEmptyOne) {
  DecodeRules rules;
  rules.believe_status = true;
  const std::string body = R"({"message":"Server Error"})";
  const auto package = decode_package(body, PackageId{1}, rules);
  ASSERT_NE(package.if_found(), nullptr);
  EXPECT_FALSE(package.if_found()->enabled);
  const auto page = decode_group_page(body, rules);
  ASSERT_NE(page.if_found(), nullptr);
  EXPECT_TRUE(page.if_found()->hypervisors.empty());
  EXPECT_NE(decode_package("<html>", PackageId{1}, rules).if_unavailable(), nullptr);
}

TEST(DecodePackage, RefusesAnotherPackage) {
  EXPECT_EQ(package_refusal(package_json(2)),
            "malformed: at /data/id: expected the id 1 asked for, found number");
}

TEST(DecodePackage, TakesAnyIdWhenNoneWasAskedFor) {
  EXPECT_NE(decode_package(package_json(2).dump(), std::nullopt, {}).if_found(), nullptr);
}

TEST(DecodePackage, RefusesErrorEnvelopesAndLists) {
  EXPECT_EQ(package_refusal({{"errors", {"no"}}}), "malformed: at /data: missing");
  EXPECT_EQ(package_refusal(json::array()),
            "malformed: at the top: expected an object, found array");
  EXPECT_EQ(package_refusal({{"data", json::array()}}),
            "malformed: at /data: expected an object, found array");
}

TEST(DecodePackage, DoesNotDependOnItsName) {
  json body = package_json(1);
  body["data"]["name"] = 7;
  EXPECT_EQ(package_of(body).name, "");
}

TEST(DecodeHypervisor, ReadsTheResources) {
  json hypervisor = hypervisor_json(3);
  hypervisor["resources"]["memory"] = quota_json(6004, 4096);
  hypervisor["resources"]["otherStorage"] = {
      {{"id", 4}, {"enabled", 0}, {"storageType", 2}, {"max", 558349385}, {"free", 558349380}}};
  const Hypervisor read = decoded(hypervisor);
  EXPECT_EQ(read.id, 3);
  EXPECT_EQ(read.name, "HV 3");
  EXPECT_TRUE(read.eligible());
  EXPECT_EQ(read.memory_mb, (Quota{6004, 1908}));
  EXPECT_EQ(read.cores, (Quota{10, 10}));
  EXPECT_EQ(read.servers, std::nullopt);
  ASSERT_TRUE(read.local_storage);
  EXPECT_EQ(*read.local_storage, (capacity::StoragePool{0, true, 0, {100, 100}}));
  ASSERT_EQ(read.other_storage.size(), 1U);
  EXPECT_EQ(read.other_storage[0], (capacity::StoragePool{4, false, 2, {}})) << "it is disabled";
  EXPECT_EQ(read.ipv4_free, 50);
}

TEST(DecodeHypervisor, NeedsIdAndFlagsOfEveryone) {
  for (const char* field : {"id", "enabled", "commissioned", "prohibit"}) {
    json hypervisor = hypervisor_json(1);
    hypervisor["hypervisor"]["enabled"] = false;
    hypervisor["hypervisor"].erase(field);
    EXPECT_EQ(refusal(hypervisor),
              std::string("malformed: at /data/0/hypervisor/") + field + ": missing");
  }
  json record_missing = hypervisor_json(1);
  record_missing.erase("hypervisor");
  EXPECT_EQ(refusal(record_missing), "malformed: at /data/0/hypervisor: missing");
}

TEST(DecodeHypervisor, NeedsMaxAndFreeOfEachQuotaOfAnEligibleOne) {
  for (const char* block : {"memory", "cpuCores", "localStorage"}) {
    for (const char* field : {"max", "free"}) {
      const std::string where = std::string("/data/0/resources/") + block + "/" + field;
      json missing = hypervisor_json(1);
      missing["resources"][block].erase(field);
      EXPECT_EQ(refusal(missing), "malformed: at " + where + ": missing");
      json null = hypervisor_json(1);
      null["resources"][block][field] = nullptr;
      EXPECT_EQ(refusal(null),
                "malformed: at " + where + ": expected a whole number within 2^53, found null");
    }
  }
  for (const char* block : {"memory", "cpuCores"}) {
    json missing = hypervisor_json(1);
    missing["resources"].erase(block);
    EXPECT_EQ(refusal(missing),
              std::string("malformed: at /data/0/resources/") + block + ": missing");
  }
  json no_resources = hypervisor_json(1);
  no_resources.erase("resources");
  EXPECT_EQ(refusal(no_resources), "malformed: at /data/0/resources: missing");
}

TEST(DecodeHypervisor, RefusesANegativeMaximumButNotNegativeFree) {
  json negative_max = hypervisor_json(1);
  negative_max["resources"]["memory"]["max"] = -1;
  EXPECT_TRUE(refusal(negative_max).starts_with("malformed: at /data/0/resources/memory/max"));
  json negative_free = hypervisor_json(1);
  negative_free["resources"]["memory"] = quota_json(0, 5);
  EXPECT_EQ(decoded(negative_free).memory_mb, (Quota{0, -5}));
}

TEST(DecodeHypervisor, NeedsFlagAndTypeOfEachStorageBlockPresent) {
  for (const char* field : {"enabled", "storageType", "max", "free"}) {
    json local = hypervisor_json(1);
    local["resources"]["localStorage"].erase(field);
    EXPECT_EQ(refusal(local),
              std::string("malformed: at /data/0/resources/localStorage/") + field + ": missing");
    json other = hypervisor_json(1);
    json pool = {{"id", 1}, {"enabled", 1}, {"storageType", 1}, {"max", 1}, {"free", 1}};
    other["resources"]["otherStorage"] = {pool, pool};
    other["resources"]["otherStorage"][1].erase(field);
    EXPECT_EQ(refusal(other),
              std::string("malformed: at /data/0/resources/otherStorage/1/") + field + ": missing");
  }
  json mistyped_id = hypervisor_json(1);
  mistyped_id["resources"]["otherStorage"] = {
      {{"id", nullptr}, {"enabled", 1}, {"storageType", 1}, {"max", 1}, {"free", 1}}};
  EXPECT_TRUE(
      refusal(mistyped_id).starts_with("malformed: at /data/0/resources/otherStorage/0/id"));
}

TEST(DecodeHypervisor, TakesAbsentStorageBlocks) {
  json hypervisor = hypervisor_json(1);
  hypervisor["resources"].erase("localStorage");
  hypervisor["resources"].erase("otherStorage");
  const Hypervisor read = decoded(hypervisor);
  EXPECT_EQ(read.local_storage, std::nullopt);
  EXPECT_TRUE(read.other_storage.empty());
}

TEST(DecodeHypervisor, RefusesStorageBlocksOfTheWrongType) {
  for (const char* block : {"localStorage", "otherStorage"}) {
    json hypervisor = hypervisor_json(1);
    hypervisor["resources"][block] = "none";
    EXPECT_TRUE(
        refusal(hypervisor).starts_with(std::string("malformed: at /data/0/resources/") + block));
  }
}

const json nothings[] = {nullptr, json::array(), json::object()};

TEST(DecodeHypervisor, TakesAStorageBlockThatIsNothingForAnAbsentOne) {
  for (const json& nothing : nothings) {
    json hypervisor = hypervisor_json(1);
    hypervisor["resources"]["localStorage"] = nothing;
    hypervisor["resources"]["otherStorage"] = nothing;
    EXPECT_EQ(decoded(hypervisor).local_storage, std::nullopt) << nothing;
    EXPECT_TRUE(decoded(hypervisor).other_storage.empty()) << nothing;
    hypervisor["resources"]["otherStorage"] = json::array({nothing});
    EXPECT_TRUE(decoded(hypervisor).other_storage.empty()) << nothing;
  }
}

TEST(DecodeHypervisor, NeedsNothingMoreOfADisabledStorageBlock) {
  json hypervisor = hypervisor_json(1);
  hypervisor["resources"]["otherStorage"] = {
      {{"id", 7}, {"enabled", 0}, {"storageType", nullptr}, {"max", nullptr}, {"free", "?"}}};
  const Hypervisor read = decoded(hypervisor);
  ASSERT_EQ(read.other_storage.size(), 1U);
  EXPECT_FALSE(read.other_storage[0].enabled);
  EXPECT_EQ(read.other_storage[0].id, 7);
}

TEST(DecodeHypervisor, RefusesMoreFreeThanThereIs) {
  for (const char* block : {"memory", "cpuCores", "localStorage"}) {
    json hypervisor = hypervisor_json(1);
    json& quota = hypervisor["resources"][block];
    quota["free"] = quota["max"].get<int>() + 1;
    EXPECT_EQ(refusal(hypervisor), std::string("malformed: at /data/0/resources/") + block +
                                       "/free: expected at most the max of " + quota["max"].dump() +
                                       ", found number");
    quota["max"] = 0;
    EXPECT_EQ(refusal(hypervisor), "accepted") << "without a quota free means nothing";
  }
}

TEST(DecodeHypervisor, CountsTheSmallerOfWhatIsFreeAndWhatIsNotAllocated) {
  json hypervisor = hypervisor_json(1);
  json& memory = hypervisor["resources"]["memory"];
  memory = {{"max", 100}, {"allocated", 90}, {"free", 60}};
  EXPECT_EQ(decoded(hypervisor).memory_mb, (Quota{100, 10}));
  memory["allocated"] = 20;
  EXPECT_EQ(decoded(hypervisor).memory_mb, (Quota{100, 60}));
  memory["allocated"] = 130;
  EXPECT_EQ(decoded(hypervisor).memory_mb, (Quota{100, -30}));
  memory["allocated"] = nullptr;
  EXPECT_EQ(decoded(hypervisor).memory_mb, (Quota{100, 60}));
  memory["allocated"] = "many";
  EXPECT_TRUE(refusal(hypervisor).starts_with("malformed: at /data/0/resources/memory/allocated"));
}

TEST(DecodeHypervisor, IsCommissionedByFlagOrByStage) {
  const auto commissioned = [](const json& value) {
    json hypervisor = hypervisor_json(1);
    hypervisor["hypervisor"]["commissioned"] = value;
    return decoded(hypervisor).commissioned;
  };
  EXPECT_TRUE(commissioned(true) && commissioned(1) && commissioned(3));
  EXPECT_FALSE(commissioned(false) || commissioned(0) || commissioned(2));
  for (const json& value : {json(4), json(-1), json("3"), json(nullptr)}) {
    json hypervisor = hypervisor_json(1);
    hypervisor["hypervisor"]["commissioned"] = value;
    EXPECT_TRUE(refusal(hypervisor).starts_with("malformed: at /data/0/hypervisor/commissioned"))
        << value;
  }
}

TEST(DecodeHypervisor, NeedsServersOnlyWhenTheyCount) {
  json hypervisor = hypervisor_json(1);
  hypervisor["resources"].erase("servers");
  EXPECT_EQ(refusal(hypervisor), "accepted");
  DecodeRules rules;
  rules.servers_needed = true;
  EXPECT_EQ(refusal(hypervisor, rules), "malformed: at /data/0/resources/servers: missing");
  EXPECT_EQ(decoded(hypervisor_json(1), rules).servers, (Quota{0, -1}));
}

TEST(DecodeHypervisor, AsksNothingMoreOfOneThatIsNotEligible) {
  for (const auto& [flag, value] : {std::pair{"enabled", false}, std::pair{"commissioned", false},
                                    std::pair{"prohibit", true}}) {
    json hypervisor = {
        {"hypervisor", {{"id", 9}, {"enabled", 1}, {"commissioned", 1}, {"prohibit", 0}}}};
    hypervisor["hypervisor"][flag] = value;
    EXPECT_EQ(refusal(hypervisor), "accepted") << flag;
    EXPECT_FALSE(decoded(hypervisor).eligible());
  }
}

TEST(DecodeHypervisor, ReadsTheAddressFigureOfOneThatIsNotEligible) {
  json hypervisor = hypervisor_json(1);
  hypervisor["hypervisor"]["prohibit"] = true;
  hypervisor["resources"]["memory"] = nullptr;
  EXPECT_EQ(decoded(hypervisor).ipv4_free, 50);
}

TEST(DecodeHypervisor, TakesNoAddressFigureAtAnyLevelHoweverItIsSpelled) {
  for (const char* level :
       {"/network", "/network/total", "/network/total/ipv4", "/network/total/ipv4/free"}) {
    json absent = hypervisor_json(1);
    const json::json_pointer where(std::string("/resources") + level);
    absent[where.parent_pointer()].erase(where.back());
    EXPECT_EQ(decoded(absent).ipv4_free, std::nullopt) << level;
    for (const json& nothing : nothings) {
      json empty = hypervisor_json(1);
      empty[where] = nothing;
      EXPECT_EQ(decoded(empty).ipv4_free, std::nullopt) << level << nothing;
    }
  }
}

TEST(DecodeHypervisor, RefusesAnAddressFigureThatIsPresentButNoNumberOnAnEligibleOne) {
  for (const char* level :
       {"/network", "/network/total", "/network/total/ipv4", "/network/total/ipv4/free"}) {
    json hypervisor = hypervisor_json(1);
    hypervisor[json::json_pointer(std::string("/resources") + level)] = "many";
    EXPECT_TRUE(
        refusal(hypervisor).starts_with(std::string("malformed: at /data/0/resources") + level))
        << refusal(hypervisor);
    hypervisor["hypervisor"]["prohibit"] = true;
    EXPECT_EQ(decoded(hypervisor).ipv4_free, std::nullopt) << "it is not counted";
  }
}

TEST(DecodeGroupPage, NeedsEveryPagingFieldAsANumber) {
  for (const char* field : {"current_page", "last_page", "per_page", "total"}) {
    json missing = page_json({});
    missing.erase(field);
    EXPECT_EQ(page_refusal(missing), std::string("malformed: at /") + field + ": missing");
    json text = page_json({});
    text[field] = "1";
    EXPECT_TRUE(page_refusal(text).starts_with(std::string("malformed: at /") + field));
  }
}

TEST(DecodeGroupPage, MayBeWithoutPagingOnlyWhereAllowedAndOnlyAltogether) {
  DecodeRules rules;
  rules.paging_needed = false;
  EXPECT_EQ(page_refusal({{"data", json::array()}}), "malformed: at /current_page: missing");
  EXPECT_EQ(page_refusal({{"data", json::array()}}, rules), "accepted");
  EXPECT_EQ(page_refusal({{"data", json::array()}, {"total", 0}}, rules),
            "malformed: at /current_page: missing");
}

TEST(DecodeGroupPage, NeedsAListOfHypervisors) {
  json body = page_json({});
  body.erase("data");
  EXPECT_EQ(page_refusal(body), "malformed: at /data: missing");
  body["data"] = json::object();
  EXPECT_EQ(page_refusal(body), "malformed: at /data: expected an array, found object");
  body["data"] = {1};
  EXPECT_EQ(page_refusal(body), "malformed: at /data/0: expected an object, found number");
}

TEST(DecodeGroupPage, EscapesKeysInPointers) {
  const auto lookup = decode_group_page(R"({"data":{"a~b/c":{"x":1,"x":2}}})", {});
  ASSERT_NE(lookup.if_unavailable(), nullptr);
  EXPECT_EQ(lookup.if_unavailable()->detail, "at /data/a~0b~1c/x: the key appears twice");
}

}  // namespace
}  // namespace vfstock::panel
