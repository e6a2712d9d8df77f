// A provisioning module in PHP that sends only forms and digits, against `vfstock panel`.
#include <cstdio>
#include <string>

#include <gtest/gtest.h>
#include <httplib.h>
#include <nlohmann/json.hpp>
#include <sys/wait.h>

#include "tests/integration/cli/panel_program.h"

namespace vfstock::sim::cli {
namespace {

struct PhpRun {
  int status = -1;
  std::string output;
};

/// PHP's own warnings are part of the output: the module must cause none.
PhpRun run_php(const std::string& base_url) {
  const std::string command =
      "php -d display_errors=stderr " VFSTOCK_PHP_CLIENT " " + base_url + " 2>&1";
  PhpRun run;
  FILE* const pipe = popen(command.c_str(), "r");
  if (pipe == nullptr) return run;
  for (int c = 0; (c = std::fgetc(pipe)) != EOF;) run.output += static_cast<char>(c);
  const int status = pclose(pipe);
  run.status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  return run;
}

TEST(PhpClient, ProvisionsWithFormsAndDigitsAlone) {
  PanelProgram program;
  const PhpRun run = run_php(program.where()["base_url"]);
  ASSERT_EQ(run.status, 0) << run.output;
  const nlohmann::json told = nlohmann::json::parse(run.output);
  EXPECT_EQ(told["unknown"], "ext_relation_id not found");
  EXPECT_EQ(told["owner"], 42);
  EXPECT_EQ(told["hostname"], "web.example.com");
  EXPECT_EQ(told["state"], "queued");
  EXPECT_EQ(told["suspended"], true);
  // Memory and cores are those of package 2; the disk was left out.
  EXPECT_EQ(told["resources"].dump(), R"({"cpuCores":4,"memory":4096,"storage":40,"traffic":750})");
  EXPECT_EQ(told["info"], 8);
  EXPECT_EQ(told["addresses"], 2);
  EXPECT_EQ(told["free"], 58);
  EXPECT_EQ(told["gone"], "server not found");
  const auto servers = program.panel().Get("/api/v1/servers", {{"Authorization", "Bearer a"}});
  ASSERT_TRUE(servers);
  EXPECT_EQ(nlohmann::json::parse(servers->body)["total"], 0);
}

TEST(PhpClient, IsRefusedByAStrictPanel) {
  PanelProgram program({"--strict"});
  const PhpRun run = run_php(program.where()["base_url"]);
  EXPECT_EQ(run.status, 1);
  EXPECT_NE(run.output.find("application\\/json"), std::string::npos) << run.output;
}

}  // namespace
}  // namespace vfstock::sim::cli
