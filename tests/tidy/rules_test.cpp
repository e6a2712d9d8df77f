// Every rule fires on what it forbids and is silent about what looks like it.
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/tidy/arrows.h"
#include "tests/tidy/banned.h"
#include "tests/tidy/function_spans.h"
#include "tests/tidy/habits.h"
#include "tests/tidy/size.h"
#include "tests/tidy/source_file.h"

namespace vfstock::tidy {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

// The lines on which `rule` finds something.
std::vector<std::size_t> lines(Findings (*rule)(const SourceFile&), const std::string& text,
                               const std::string& path = "engine/panel/panel.cpp") {
  std::vector<std::size_t> found;
  for (const Finding& finding : rule(source_file(path, text))) found.push_back(finding.line);
  return found;
}

bool fires(Findings (*rule)(const SourceFile&), const std::string& text,
           const std::string& path = "engine/panel/panel.cpp") {
  return !lines(rule, text, path).empty();
}

std::string includes(const std::string& path) { return "#include \"" + path + "\"\n"; }

std::string repeated(const std::string& text, std::size_t times) {
  std::string all;
  for (std::size_t time = 0; time < times; ++time) all += text;
  return all;
}

TEST(FindingText, NamesPlaceRuleAndAdvice) {
  EXPECT_EQ(text(Finding{"a/b.h", 7, "rule", "do this"}), "a/b.h:7: rule: do this");
}

TEST(SourceFileLayers, KeepCommentsAndLiteralsOutOfTheCode) {
  const SourceFile file = source_file("a.cpp", "f(\"x//y\", 'z'); // note\n/* a\nb */ g(1'000);\n");
  EXPECT_THAT(file.code, ElementsAre("f(\"    \", ' ');        ", "    ", "     g(1'000);"));
  EXPECT_THAT(file.comments, ElementsAre("                // note", "/* a", "b */          "));
}

TEST(SourceFileLayers, SeeThroughEscapesAndRawStrings) {
  EXPECT_EQ(source_file("a.cpp", R"x(f("\"time(0)"); g();)x").code.front(),
            R"(f("         "); g();)");
  const std::string raw = "f(R\"s(\"time(0)\n)\" )s\"); g();";
  EXPECT_EQ(source_file("a.cpp", raw).code.back(), "     \"); g();");
}

TEST(Arrows, LetARoomIncludeItselfAndWhatItLeansOn) {
  EXPECT_FALSE(fires(check_arrows, includes("engine/panel/lookup.h")));
  EXPECT_FALSE(fires(check_arrows, includes("engine/capacity/columns.h")));
  EXPECT_FALSE(fires(check_arrows, "#include <nlohmann/json.hpp>\n"));
}

TEST(Arrows, GoOneWayOnly) {
  const auto arrow = [](const std::string& room, const std::string& path) {
    return fires(check_arrows, includes(path), room + "/file.cpp");
  };
  EXPECT_TRUE(arrow("engine/capacity", "engine/panel/panel.h"));
  EXPECT_TRUE(arrow("engine/panel", "engine/http/http_transport.h"));
  EXPECT_TRUE(arrow("engine/catalogue", "engine/panel/panel.h"));
  EXPECT_TRUE(arrow("engine/stock", "engine/http/http_transport.h"));
  EXPECT_TRUE(arrow("engine/stock", "mockpanel/model/world.h"));
  EXPECT_TRUE(arrow("engine/stock", "sim/document/document.h"));
  EXPECT_TRUE(arrow("mockpanel/model", "mockpanel/api/api.h"));
  EXPECT_TRUE(arrow("mockpanel/api", "engine/panel/lookup.h"));
  EXPECT_TRUE(arrow("mockpanel/api", "mockpanel/faults/rule.h"));
  EXPECT_TRUE(arrow("mockpanel/faults", "mockpanel/wire/server.h"));
  EXPECT_TRUE(arrow("sim/document", "engine/panel/lookup.h"));
  EXPECT_TRUE(arrow("sim/invariants", "engine/capacity/capacity.h"));
  EXPECT_TRUE(arrow("sim/invariants", "mockpanel/api/api.h"));
  EXPECT_TRUE(arrow("sim/fleet", "mockpanel/wire/server.h"));
  EXPECT_TRUE(arrow("sim/report", "engine/plan/decision.h"));
  EXPECT_TRUE(arrow("sim/scenario", "sim/cli/verb.h"));
  EXPECT_TRUE(arrow("sim/cli", "tests/tidy/arrows.h"));
  EXPECT_FALSE(arrow("sim/cli", "engine/http/http_transport.h"));
  EXPECT_FALSE(arrow("tests/unit/panel", "engine/panel/panel.h"));
}

TEST(Arrows, AskForPathsFromTheTopAndForARowPerRoom) {
  EXPECT_TRUE(fires(check_arrows, includes("lookup.h")));
  EXPECT_TRUE(fires(check_arrows, includes("../capacity/count.h")));
  EXPECT_TRUE(fires(check_arrows, "", "engine/attic/x.cpp"));
  EXPECT_TRUE(fires(check_arrows, includes("engine/panels/x.h"))) << "a longer name";
}

TEST(Arrows, IgnoreIncludesInComments) {
  EXPECT_FALSE(fires(check_arrows, "/*\n#include \"sim/cli/verb.h\"\n*/\n"));
}

TEST(Banned, FindsRealClocks) {
  for (const auto* call :
       {"auto t = std::chrono::steady_clock::now();", "std::chrono::system_clock::now();",
        "time(nullptr);", "::time(NULL);", "std::time(&t);", "gettimeofday(&t, nullptr);",
        "clock_gettime(CLOCK_MONOTONIC, &t);"}) {
    EXPECT_TRUE(fires(check_banned, call)) << call;
    EXPECT_FALSE(fires(check_banned, call, "sim/cli/main.cpp")) << call;
    EXPECT_FALSE(fires(check_banned, call, "engine/http/monotonic_time.h")) << call;
  }
}

TEST(Banned, FindsSleepsAlsoInTests) {
  for (const auto* call : {"std::this_thread::sleep_for(1s);", "sleep_until(t);", "usleep(5);",
                           "nanosleep(&t, nullptr);", "sleep(1);"}) {
    EXPECT_TRUE(fires(check_banned, call, "tests/unit/http/x_test.cpp")) << call;
    EXPECT_FALSE(fires(check_banned, call, "mockpanel/wire/server.cpp")) << call;
  }
}

TEST(Banned, FindsChanceThatCannotBeRepeated) {
  for (const auto* code : {"std::uniform_int_distribution<int> d;", "std::normal_distribution<> d;",
                           "std::random_device seed;", "int x = std::rand();", "x = rand();",
                           "std::shuffle(a, b, g);"}) {
    EXPECT_TRUE(fires(check_banned, code)) << code;
  }
  EXPECT_FALSE(fires(check_banned, "distribution(); operand(1); brand(2);"));
}

TEST(Banned, FindsThreadsInTheEngineAlone) {
  EXPECT_TRUE(fires(check_banned, "std::thread worker;"));
  EXPECT_TRUE(fires(check_banned, "std::jthread worker;"));
  EXPECT_TRUE(fires(check_banned, "auto f = std::async(g);"));
  EXPECT_FALSE(fires(check_banned, "std::thread worker;", "mockpanel/wire/server.cpp"));
}

TEST(Banned, FindsUnorderedContainers) {
  EXPECT_TRUE(fires(check_banned, "#include <unordered_map>\n"));
  EXPECT_TRUE(fires(check_banned, "std::unordered_set<int> seen;", "sim/report/x.cpp"));
}

TEST(Banned, FindsRegularExpressionsOutsideTheirRoom) {
  EXPECT_TRUE(fires(check_banned, "const std::regex pattern(text);"));
  EXPECT_FALSE(fires(check_banned, "const std::regex pattern(text);", "sim/document/schema.cpp"));
}

TEST(Banned, FindsReadsOfTheEnvironment) {
  EXPECT_TRUE(fires(check_banned, "std::getenv(\"TOKEN\");"));
  EXPECT_FALSE(fires(check_banned, "std::getenv(\"TOKEN\");", "sim/cli/main.cpp"));
}

TEST(Banned, LeavesMembersCommentsAndTextAlone) {
  EXPECT_FALSE(fires(check_banned, "clock.sleep_for(1); world->usleep(2); c.getenv();"));
  EXPECT_FALSE(fires(check_banned, "// std::thread is not for us\nf(\"std::thread\");\n"));
}

TEST(FunctionLength, CountsFromTheHeadToTheClosingBrace) {
  const auto function = [](std::size_t length) {
    return "namespace a {\nint f(int x,\n      int y) {\n" + repeated("  g();\n", length - 3) +
           "}\n}\n";
  };
  EXPECT_FALSE(fires(check_function_length, function(60)));
  EXPECT_THAT(lines(check_function_length, function(61)), ElementsAre(2));
}

TEST(FunctionLength, SeesMembersConstructorsAndTests) {
  const std::string body = " {\n" + repeated("    if (x) { g(); }\n", 60) + "  }\n";
  EXPECT_THAT(lines(check_function_length, "class A {\n  int f() const" + body + "};\n"),
              ElementsAre(2));
  EXPECT_TRUE(fires(check_function_length, "A::A(int x) : x_(x)" + body));
  EXPECT_TRUE(fires(check_function_length, "A::A(int x) : x_{x}, y_{2}" + body));
  EXPECT_TRUE(fires(check_function_length, "TEST(A, B)" + body));
  EXPECT_TRUE(fires(check_function_length, "void f(std::vector<int> x = {}, int y = 0)" + body));
  EXPECT_TRUE(fires(check_function_length, "void f(int y, std::vector<int> x = {})" + body));
  EXPECT_TRUE(fires(check_function_length, "template <typename T>\nstruct A f(T x)" + body));
}

TEST(FunctionLength, LeavesClassesTablesAndDirectivesAlone) {
  const std::string rows = " {\n" + repeated("  {1, 2},\n", 80) + "};\n";
  EXPECT_FALSE(fires(check_function_length, "constexpr std::array<Row, 80> table" + rows));
  EXPECT_FALSE(fires(check_function_length, "enum class A" + rows));
  EXPECT_FALSE(fires(check_function_length,
                     "class A {\n" + repeated("  int f() { return 1; }\n", 80) + "};\n"));
  EXPECT_FALSE(fires(check_function_length, "#define X(a) {\nint f() { return 1; }\n"));
}

TEST(FunctionSpans, FindsEachFunctionOfAFile) {
  const SourceFile file = source_file(
      "a.cpp", "namespace a {\nint f() { return 1; }\n\nint g() {\n  return 2;\n}\n}\n");
  const auto spans = function_spans(file);
  ASSERT_EQ(spans.size(), 2U);
  EXPECT_EQ(spans[0].first_line, 2U);
  EXPECT_EQ(spans[0].last_line, 2U);
  EXPECT_EQ(spans[1].first_line, 4U);
  EXPECT_EQ(spans[1].last_line, 6U);
}

TEST(FileLength, EndsAtFiveHundredLines) {
  EXPECT_FALSE(fires(check_file_length, repeated("x\n", 500)));
  EXPECT_TRUE(fires(check_file_length, repeated("x\n", 501)));
}

TEST(LineLength, CountsCharactersNotBytes) {
  EXPECT_FALSE(fires(check_line_length, repeated("é", 100)));
  EXPECT_THAT(lines(check_line_length, "\n" + repeated("é", 101)), ElementsAre(2));
}

TEST(HeaderOpening, AsksForAPurposeAndAGuard) {
  const auto header = [](const std::string& text) {
    return lines(check_header_opening, text, "engine/panel/panel.h").size();
  };
  EXPECT_EQ(header("// What for.\n#pragma once\n"), 0U);
  EXPECT_EQ(header("#pragma once\n"), 1U);
  EXPECT_EQ(header("// What for.\n"), 1U);
  EXPECT_EQ(header(""), 2U);
  EXPECT_FALSE(fires(check_header_opening, "int x;\n", "engine/panel/panel.cpp"));
}

TEST(FileName, SaysSomethingInSnakeCase) {
  EXPECT_FALSE(fires(check_file_name, "", "engine/panel/json_pointer.h"));
  EXPECT_FALSE(fires(check_file_name, "", "engine/panel/commonest.h"));
  for (const auto* name : {"utils.h", "string_utils.h", "helpers.cpp", "cache_manager.h",
                           "common.h", "JsonPointer.h", "json-pointer.h"}) {
    EXPECT_TRUE(fires(check_file_name, "", std::string("engine/panel/") + name)) << name;
  }
}

TEST(WhiteSpace, IsSpacesBetweenWords) {
  EXPECT_FALSE(fires(check_white_space, "int x;\n\n"));
  EXPECT_TRUE(fires(check_white_space, "int x; \n"));
  EXPECT_TRUE(fires(check_white_space, "\tint x;\n"));
  EXPECT_TRUE(fires(check_white_space, "int x;\r\n"));
}

TEST(OpenNotes, AreFoundInCommentsAlone) {
  EXPECT_TRUE(fires(check_open_notes, "// TODO: later\n"));
  EXPECT_TRUE(fires(check_open_notes, "/* FIXME */\n"));
  EXPECT_TRUE(fires(check_open_notes, "f();  // HACK(me)\n"));
  EXPECT_TRUE(fires(check_open_notes, "// XXX\n"));
  EXPECT_FALSE(fires(check_open_notes, "f(\"TODO\");  // HACKED, XXXL\n"));
}

TEST(DeadCode, IsToldFromProse) {
  for (const auto* comment : {"// count = 7;", "//  f(x);", "/// std::sort;", "// if (x) {",
                              "// return x;", "int y;  // y->go();"}) {
    EXPECT_TRUE(fires(check_dead_code, comment)) << comment;
  }
  for (const auto* comment : {"// Free places come first;", "// A table: {1, 2}", "//", "////",
                              "f();  // calls f", "f(\"// x = 1;\");"}) {
    EXPECT_FALSE(fires(check_dead_code, comment)) << comment;
  }
}

TEST(DeadCode, IsNotTheUseThatAHeaderOpensWith) {
  const auto found = [](const char* path) {
    return check_dead_code(source_file(path, "// What it is.\n//\n//   f(x);\n#pragma once\n"))
        .size();
  };
  EXPECT_EQ(found("engine/base/clock.h"), 0U);
  EXPECT_EQ(found("engine/base/clock.cpp"), 1U);
  EXPECT_TRUE(fires(check_dead_code, "int x;\n//   f(x);\n"));
}

TEST(Advice, NamesWhatToDoInstead) {
  const Findings found =
      check_banned(source_file("engine/schedule/keeper.cpp", "std::unordered_map<int, int> x;\n"));
  ASSERT_EQ(found.size(), 1U);
  EXPECT_THAT(text(found.front()), HasSubstr("engine/schedule/keeper.cpp:1: banned: unordered_map: "
                                             "its order shows in results; use std::map"));
}

}  // namespace
}  // namespace vfstock::tidy
