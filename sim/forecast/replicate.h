// One replicate: the shop's life from the forecast's first moment to its horizon, event by event.
//
// Customers come, look at qty, order or turn away; the module places their VPSes; VPSes end and
// give their place back after the deletion delay; the shop's cron and hooks reach the engine; dates
// change the fleet. In ideal mode qty is the truth at every moment and the module works at once.
// One object runs one replicate after another and allocates only what the largest needs. Not
// thread-safe; one per thread.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "sim/forecast/availability.h"
#include "sim/forecast/chance.h"
#include "sim/forecast/event_queue.h"
#include "sim/forecast/scene.h"
#include "sim/forecast/utilisation.h"

namespace vfstock::sim::forecast {

class EngineSide;

/// What one replicate tells of one product. Counts are VPSes.
struct ProductOutcome {
  double wanted = 0;
  double served = 0;
  double lost_true = 0;   // refused, and nothing was left
  double lost_false = 0;  // refused although the panel would have taken it
  double oversold = 0;    // taken by the shop and not placed
  double money_served = 0, money_lost = 0, money_oversold = 0;  // per month, at the moment's price
  double revenue_served = 0, revenue_lost = 0;  // until the VPSes end or the horizon comes
  double sold_out_at = -1;                      // ms; -1: not within the horizon
  double in_stock = 0;  // share of the time in which the panel had room for it
  double probes = 0, stale = 0,
         stale_by = 0;               // looks, those where qty was not the truth, by how much
  std::array<double, 6> binding{};   // hypervisors by what binds them when it sold out
  std::array<double, 3> stranded{};  // MB, cores, GB left in its groups then
};

struct Outcome {
  std::vector<ProductOutcome> products;
  std::vector<double> group_sold_out_at;  // ms, when no product of the group could be sold; -1
  std::vector<std::int32_t> samples;      // stock, [product × samples + sample]
  std::vector<Utilisation> utilisation;   // [group × samples + sample]
  std::vector<float> wanted_at, lost_at;  // VPSes, [product × groups + group]; lost: oversold too
  std::int64_t mix = 0;                   // VPSes of the plan's mix that fit at its moment
  double api_calls = 0, vpses_ended_early = 0;
  double events = 0;  // arrivals and departures of VPSes
  double running_at_end = 0;
};

/// Something that happened, for tests and transcripts.
struct Happening {
  enum class Kind { ordered, refused, provisioned, failed, terminated, cron, wrote };
  Kind kind = Kind::ordered;
  Time at = 0;
  std::int64_t service = 0;
  std::int32_t product = 0;       // index
  std::int32_t group = 0;         // index
  std::int64_t from = 0, to = 0;  // of a write
};

class Replicate {
 public:
  explicit Replicate(const Scene& scene);
  ~Replicate();

  void run(std::uint32_t number, Outcome& outcome);
  /// Everything that happens is appended here from now on; null: nothing is.
  void watch(std::vector<Happening>* happenings) { happenings_ = happenings; }

 private:
  static std::size_t at(std::int32_t index) { return static_cast<std::size_t>(index); }
  friend class EngineSide;
  struct Vps {
    Held held;
    std::int32_t product = 0, group = 0, next_free = -1;
    std::int64_t service = 0;
    double life = 0;  // from provisioning
    bool outside = false, ended = false;
    Time began = 0;
  };
  struct StreamState {
    Arrivals arrivals;
    LevelPath sizes;
    std::uint32_t batch = 0, vps = 0;  // how many have come
    std::uint64_t size_bits = 0;       // of the batch that is on its way
  };

  void begin(std::uint32_t number, Outcome& outcome);
  void take_in_tenants();
  /// Null where nobody watches.
  std::function<void(std::int32_t, std::int64_t, std::int64_t)> told_of_writes();
  void begin_streams();
  void run_engine_until(const Event& next);
  void act(const Event& event);
  void arrive(std::uint32_t stream);
  Time next_arrival(StreamState& state, std::uint32_t stream);
  void want(const Scene::Demand& demand, StreamState& state);
  void want_outside(std::int32_t product, std::int32_t group, double life);
  void want_ideal(std::int32_t product, std::int32_t group, double life);
  void want_from_shop(std::int32_t product, std::int32_t group, double life);
  void refused(std::int32_t product, std::int32_t group, std::int64_t service, double life);
  void served(std::int32_t product, double life);
  double months_of(double life) const;
  float& at_location(std::vector<float>& counts, std::int32_t product, std::int32_t group);
  std::uint32_t new_slot();
  void free_slot(std::uint32_t slot);
  void place(std::uint32_t slot, std::int32_t hypervisor);
  void provision(std::uint32_t slot);
  void depart(std::uint32_t slot);
  void release(std::uint32_t slot);
  void plan_operations();
  void measure_mix();
  void operate(const Operation& operation);
  void operate(const HypervisorsEnter& change);
  void operate(const HypervisorLeaves& change);
  void operate(const HypervisorAccepts& change);
  void operate(const HypervisorResized& change);
  void operate(const AddressesAdded& change);
  void operate(const PackageChanged& change);
  void operate(const ProductChanged& change);
  void operate(const PolicyChanged& change);
  void offers_changed();
  void fleet_changed(std::int32_t hypervisor);
  void touch(std::int32_t hypervisor);
  void touch(const Held& held);
  void begin_weather();
  void change_weather();
  void begin_spell();
  void call_again();
  void probe();
  void begin_probe();
  void sample(std::uint32_t number);
  void note_sold_out();
  void start_counting();
  void finish();
  void tell(Happening::Kind kind, std::int64_t service, std::int32_t product, std::int32_t group,
            std::int64_t from = 0, std::int64_t to = 0);
  bool counts() const { return now_ >= scene_.plan.warm_up; }

  const Scene& scene_;
  Chance chance_{0, 0};
  EventQueue queue_;
  FleetColumns fleet_;
  Terms terms_;
  bool terms_changed_ = false;  // dates changed them in this or an earlier replicate
  std::vector<Offer> offers_;
  Availability availability_;
  std::vector<StreamState> streams_;
  std::vector<Vps> slots_;
  std::int32_t free_slot_ = -1;
  std::int64_t next_service_ = 1;
  std::int64_t live_ = 0;
  Time now_ = 0;
  Outcome* outcome_ = nullptr;
  bool panel_answers_ = true;
  std::uint32_t spell_ = 0, probe_ = 0;
  std::vector<std::uint32_t> waiting_;  // slots whose module call waits for the panel
  std::vector<Happening>* happenings_ = nullptr;
  std::unique_ptr<EngineSide> engine_;
};

}  // namespace vfstock::sim::forecast
