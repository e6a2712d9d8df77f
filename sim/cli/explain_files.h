// Package and group answers from files, served to the engine as a panel would serve them.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "engine/panel/transport.h"

namespace vfstock::sim::cli {

/// A Transport over captured answers. A group may come in several files, one per page, in order.
class AnswerFiles final : public panel::Transport {
 public:
  /// Reads the files. Throws document::DocumentError when one cannot be read or is not JSON; a
  /// wrong shape is for the engine to judge.
  AnswerFiles(const std::string& package_file, const std::vector<std::string>& group_files);

  std::int64_t package_id() const { return package_id_; }
  /// In the order of the files.
  const std::vector<std::int64_t>& group_ids() const { return group_ids_; }

  std::vector<panel::Answer> fetch(std::span<const panel::Request> requests,
                                   Milliseconds budget) override;
  /// `text` with the file in place of each request that it was the answer to.
  std::string named(std::string text) const;

 private:
  void add_group_page(const std::string& file);
  panel::Answer answer(const std::string& target);

  std::int64_t package_id_ = 1;
  struct Page {
    std::string file, body;
  };
  Page package_;
  std::vector<std::int64_t> group_ids_;
  std::map<std::string, std::vector<Page>> pages_;  // by path, page 1 first
  std::map<std::string, std::string> asked_;        // target -> file
  std::string newest_path_;                         // "path" of the newest group file
};

}  // namespace vfstock::sim::cli
