// The plain loss system (100 places, 84.064 erlang) on ns-3's simulator core: events a second
// of processor time.
#include <cstdint>
#include <cstdio>
#include <ctime>

#include <ns3/nstime.h>
#include <ns3/random-variable-stream.h>
#include <ns3/simulator.h>

namespace {

constexpr int places = 100;
constexpr double erlang = 84.064;
constexpr std::int64_t customers_max = 2'000'000;

struct Loss {
  ns3::Ptr<ns3::ExponentialRandomVariable> chance =
      ns3::CreateObject<ns3::ExponentialRandomVariable>();
  std::int64_t customers = 0, lost = 0, events = 0;
  int busy = 0;

  void arrive() {
    ++events;
    ++customers;
    if (busy < places) {
      ++busy;
      ns3::Simulator::Schedule(ns3::Seconds(chance->GetValue(1, 0)), &Loss::depart, this);
    } else {
      ++lost;
    }
    if (customers == customers_max) return;
    ns3::Simulator::Schedule(ns3::Seconds(chance->GetValue(1 / erlang, 0)), &Loss::arrive, this);
  }
  void depart() {
    ++events;
    --busy;
  }
};

}  // namespace

int main() {
  Loss loss;
  ns3::Simulator::Schedule(ns3::Seconds(0), &Loss::arrive, &loss);
  const std::clock_t begin = std::clock();
  ns3::Simulator::Run();
  const double spent = static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
  ns3::Simulator::Destroy();
  std::printf("ns-3: %.2f million events/s, %.4f lost\n",
              static_cast<double>(loss.events) / spent / 1e6,
              static_cast<double>(loss.lost) / static_cast<double>(loss.customers));
  return 0;
}
