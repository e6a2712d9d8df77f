// A panel that answers from tables and remembers what it was asked.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "engine/panel/panel.h"

namespace vfstock::panel {

class FakePanel final : public Panel {
 public:
  void set(PackageId id, Lookup<Package> lookup) {
    packages_.insert_or_assign(id, std::move(lookup));
  }
  void set(GroupId id, Lookup<GroupResources> lookup) {
    groups_.insert_or_assign(id, std::move(lookup));
  }
  void forget(PackageId id) { packages_.erase(id); }
  void set_connected(Lookup<Connected> lookup) { connected_ = std::move(lookup); }

  /// What was not set is Missing. Evidence names what was asked.
  Answers ask(const Questions& questions, Milliseconds) override {
    asked.push_back(questions);
    if (on_ask) on_ask();
    Answers answers;
    for (const PackageId id : questions.packages) {
      const auto found = packages_.find(id);
      Lookup<Package> lookup =
          found == packages_.end() ? Lookup<Package>(Missing{}) : found->second;
      answers.packages.try_emplace(
          id,
          Told<Package>{std::move(lookup), {{.target = "package " + std::to_string(id.value)}}});
    }
    for (const GroupId id : questions.groups) {
      const auto found = groups_.find(id);
      Lookup<GroupResources> lookup =
          found == groups_.end() ? Lookup<GroupResources>(Missing{}) : found->second;
      answers.groups.try_emplace(
          id, Told<GroupResources>{std::move(lookup),
                                   {{.target = "group " + std::to_string(id.value)}}});
    }
    return answers;
  }

  /// From now on no probe is sent at all.
  void hold_probes_back(Unavailable why) { held_back_ = std::move(why); }
  void let_probes_through() { held_back_.reset(); }

  Told<Connected> connect(Milliseconds) override {
    if (held_back_) return {*held_back_, {}};
    ++probes;
    return {connected_, {{.target = "/connect"}}};
  }

  std::vector<Questions> asked;
  int probes = 0;
  std::function<void()> on_ask;

 private:
  std::map<PackageId, Lookup<Package>> packages_;
  std::map<GroupId, Lookup<GroupResources>> groups_;
  std::optional<Unavailable> held_back_;
  Lookup<Connected> connected_ = Lookup<Connected>::found({});
};

}  // namespace vfstock::panel
