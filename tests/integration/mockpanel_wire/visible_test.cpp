// Every kind that a request can meet shows on the wire: what a raw client gets of a real panel
// differs from what it gets without the fault.
#include <memory>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "mockpanel/faults/answering.h"
#include "mockpanel/faults/injector.h"
#include "tests/integration/mockpanel_wire/raw_client.h"
#include "tests/integration/mockpanel_wire/served.h"

namespace vfstock::mockpanel::wire {
namespace {

using faults::Kind;

/// The second of three pages of hypervisors, and one package.
class Panel {
 public:
  Panel() {
    world_.packages[7].id = 7;
    world_.groups[1].id = 1;
    for (std::int64_t id = 1; id <= 45; ++id) {
      auto& hypervisor = world_.hypervisors[id];
      hypervisor.id = id;
      hypervisor.group = 1;
      hypervisor.memory_mb.max = 8192;
    }
  }

  /// Arms the fault; then the state changes, so that a stale answer differs.
  void arm(const Kind& kind) {
    faults::Rule rule;
    rule.kind = &kind;
    injector_.add(rule);
    world_.hypervisors.at(25).memory_mb.base += 1024;
    world_.touch();
  }
  void change_alone() {
    world_.hypervisors.at(25).memory_mb.base += 1024;
    world_.touch();
  }

  faults::Delivery answer(const api::Request& request) {
    const faults::Rule* const rule = injector_.judge(request, model::Time{0});
    return faults::answer(rule, request, {api_, world_, model::Time{0}, wall_});
  }

 private:
  model::World world_;
  api::Api api_{world_, {}};
  faults::Injector injector_{world_};
  std::string wall_ = "2026-01-01T00:00:00+00:00";
};

struct Seen {
  std::string bytes;
  Ended ended = Ended::not_yet;
  friend bool operator==(const Seen&, const Seen&) = default;
};

/// A connection that is kept does not end, so its reader waits for bytes that a fault took away.
enum class Connection { kept, closed };

Seen seen(Panel& panel, Connection connection, std::size_t bytes_max) {
  ServerOptions options = few_workers();
  options.real_time = false;
  options.backstop = std::chrono::milliseconds{1};
  Served served([&](const api::Request& request) { return panel.answer(request); }, options);
  RawClient client(served.port());
  client.send(get_request("/api/v1/compute/hypervisors/groups/1/resources?results=20&page=2",
                          connection == Connection::kept ? "" : "Connection: close\r\n"));
  Seen found;
  found.ended = client.drain(found.bytes, bytes_max);
  return found;
}

class EveryVisibleKind : public ::testing::TestWithParam<std::string_view> {};

TEST_P(EveryVisibleKind, ShowsOnTheWire) {
  const Kind& kind = faults::Kind::named(GetParam());
  Panel healthy;
  healthy.change_alone();
  // These two show behind the answer, and only where the connection is kept.
  const bool ends_behind = kind.name == "keep-alive-closed" || kind.name == "second-answer";
  const Connection connection = ends_behind ? Connection::kept : Connection::closed;
  // What is read is bounded by the right answer's size: one that is kept does not end.
  api::Request request;
  request.method = "GET";
  api::set_target(request, "/compute/hypervisors/groups/1/resources?results=20&page=2");
  request.headers = {{"Accept", "application/json"}, {"Authorization", "Bearer any"}};
  const faults::Delivery right = healthy.answer(request);
  const std::size_t size =
      faults::head_text(right.response, ends_behind).size() + right.response.body.size();
  const Seen without = seen(healthy, connection, size);
  ASSERT_EQ(without.bytes.size(), size);

  Panel faulty;
  faulty.arm(kind);
  if (kind.name == "dribble-head" || kind.name == "dribble-body") {
    EXPECT_NE(faulty.answer(request).dribble, faults::Dribble::none);
    return;
  }
  // One byte more than the right answer has: it shows whether the connection ended behind it.
  EXPECT_NE(seen(faulty, connection, ends_behind ? size + 1 : size), without);
}

std::string test_name(const ::testing::TestParamInfo<std::string_view>& info) {
  std::string name(info.param);
  for (char& c : name) c = c == '-' ? '_' : c;
  return name;
}

/// Latency shows in time alone (ends_test.cpp), TLS before there is a request (tls_trap_test.cpp).
std::vector<std::string_view> kinds_that_answers_show() {
  std::vector<std::string_view> names = faults::kind_names();
  std::erase_if(names, [](std::string_view name) {
    const Kind& kind = faults::Kind::named(name);
    return kind.name == "latency" || kind.layer == faults::Layer::tls;
  });
  return names;
}

INSTANTIATE_TEST_SUITE_P(Kinds, EveryVisibleKind, ::testing::ValuesIn(kinds_that_answers_show()),
                         test_name);

}  // namespace
}  // namespace vfstock::mockpanel::wire
