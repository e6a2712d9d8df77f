// A replicate's fleet as the Panel port: groups as revisioned columns, in which only the
// hypervisors that have changed are written anew. What was answered before stays as it was for
// those who hold it, so a group has several sets of columns that take turns. Answers at once, or
// not at all while the API is down.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "engine/panel/http_panel.h"
#include "engine/panel/panel.h"
#include "sim/forecast/fleet_columns.h"
#include "sim/forecast/scene.h"

namespace vfstock::sim::forecast {

class SnapshotPanel final : public panel::Panel {
 public:
  /// All must outlive it.
  SnapshotPanel(const mockpanel::model::World& world, const FleetColumns& fleet,
                const Terms& terms);

  panel::Answers ask(const panel::Questions& questions, Milliseconds budget) override;
  panel::Told<panel::Connected> connect(Milliseconds budget) override;
  /// What an answer would be, whatever the weather, without counting as a request.
  panel::Answers truth(const panel::Questions& questions);

  void set_answering(bool answering) { answering_ = answering; }
  /// As the engine's HTTP reader would with these options: of first_page_only the panel's own page
  /// of 20, server slots under node_caps, who is in maintenance. Blocks of addresses are not told.
  void read_as(panel::HttpPanelOptions options);
  /// What is free of the hypervisor has changed, or may have.
  void touch(std::int32_t hypervisor);
  /// Packages have changed, or may have.
  void touch_packages() { packages_.clear(); }
  /// Anything of the group may have changed: who is there, who takes servers, quotas, addresses.
  void touch_group(std::int32_t group);
  /// Requests so far: packages, pages of groups, connects.
  std::int64_t requests() const { return requests_; }

 private:
  /// A group's columns, and what has happened to it since they were last brought up to date.
  struct Edition {
    std::shared_ptr<capacity::HypervisorColumns> columns;  // null: to be made anew
    std::vector<std::int32_t> touched;                     // hypervisors
  };
  struct Group {
    std::uint64_t revision = 1;
    std::uint64_t answered = 0;  // the revision of the first edition
    std::array<Edition, 3> editions;
    std::vector<std::int32_t> rows;  // of each hypervisor of the group, its row; -1: not listed
  };

  panel::Lookup<panel::Package> look_up(panel::PackageId id) const;
  const panel::Told<panel::Package>& package(panel::PackageId id);
  panel::Lookup<panel::GroupResources> group(panel::GroupId id);
  void bring_up_to_date(Group& group, std::int32_t index);
  std::int32_t& row_of(Group& group, std::int32_t index, std::int32_t hypervisor) const;
  void make_anew(Group& group, std::int32_t index, Edition& edition) const;
  /// What of a row never changes.
  capacity::Hypervisor first_row(std::int32_t hypervisor) const;
  void fill(capacity::Hypervisor& row, std::int32_t hypervisor) const;

  const mockpanel::model::World& world_;
  const FleetColumns& fleet_;
  const Terms& terms_;
  std::vector<Group> groups_;
  panel::ById<panel::PackageId, panel::Told<panel::Package>> packages_;  // as far as asked for
  bool answering_ = true;
  panel::HttpPanelOptions options_;
  std::int64_t requests_ = 0;
  capacity::Hypervisor row_;  // that is being replaced; a member for its memory
};

/// The same panel as it is, whatever the weather.
class TruthPanel final : public panel::Panel {
 public:
  explicit TruthPanel(SnapshotPanel& panel) : panel_(panel) {}
  panel::Answers ask(const panel::Questions& questions, Milliseconds) override {
    return panel_.truth(questions);
  }
  panel::Told<panel::Connected> connect(Milliseconds) override {
    return {panel::Lookup<panel::Connected>::found({}), {}};
  }

 private:
  SnapshotPanel& panel_;
};

}  // namespace vfstock::sim::forecast
