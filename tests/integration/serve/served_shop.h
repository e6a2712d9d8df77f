// A panel on a socket, a shop in a file, and daemons that keep the one right by the other.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "engine/live/serve/signature.h"
#include "engine/sqlite/sqlite_database.h"
#include "tests/integration/serve/serving_program.h"
#include "tests/integration/store/live_panel.h"
#include "tests/unit/cli/command.h"

namespace vfstock::serve {

inline constexpr const char* hook_secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
inline constexpr const char* panel_token = "geheim/and-long-enough-to-find";
inline constexpr const char* operator_token = "operators-own-token";
inline constexpr const char* virtfusion_token = "cGFuZWwtc2F5cw==";

/// A shop of two products, right when a test begins: 31 and 12.
struct ServedShop : ::testing::Test {
  sim::cli::Folder folder;
  store::LivePanelServer panel{VFSTOCK_FLEET};
  std::string shop = "sqlite:" + folder.path() + "/shop.db";
  std::string journal = folder.path() + "/journal.db";
  std::map<std::string, std::string> variables{{"VFSTOCK_TOKEN", panel_token}};

  /// Files of secrets, and a first sync that leaves a memory behind.
  void SetUp() override;
  void sync_once(std::vector<std::string> more = {});

  /// Every option that the daemon needs. Windows are short, so that events lead to sweeps at once.
  std::vector<std::string> options(std::vector<std::string> more = {}) const;
  std::unique_ptr<ServingProgram> start(std::vector<std::string> more = {}) const;

  std::int64_t qty(int product) const;
  void shop_sql(const std::string& statements) const;
  /// The world changes behind everybody's back: this much of the cores of hypervisor 3 (London, the
  /// 7 places of product 1 there) is taken.
  void take_london(std::int64_t cores);
};

/// What the hook sends: signed for now, under this id.
httplib::Headers signed_headers(const std::string& id, const std::string& body);
httplib::Result send_event(const ServingProgram& daemon, const std::string& id,
                           const std::string& body);
std::string module_event_body(const std::string& type, int service, int product);
httplib::Result send_hint(const ServingProgram& daemon, const std::string& token);

}  // namespace vfstock::serve
