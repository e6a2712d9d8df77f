#include "engine/live/serve/metrics.h"

#include <map>
#include <utility>

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include "engine/live/serve/process_figures.h"

namespace vfstock::serve {
namespace {

using prometheus::BuildCounter;
using prometheus::BuildGauge;
using prometheus::BuildHistogram;
using prometheus::Counter;
using prometheus::Family;
using prometheus::Gauge;
using prometheus::Histogram;
using prometheus::Registry;

const Histogram::BucketBoundaries request_seconds{0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30};
const Histogram::BucketBoundaries sweep_seconds{0.1, 0.3, 1, 3, 10, 30, 60, 120};
const Histogram::BucketBoundaries write_seconds{0.1, 0.3, 1, 3, 10, 30, 60, 300};

double seconds(Milliseconds time) { return std::chrono::duration<double>(time).count(); }
double seconds_of(WallTime time) { return seconds(time.time_since_epoch()); }

Family<Counter>& counter(Registry& registry, const char* name, const char* help) {
  return BuildCounter().Name(name).Help(help).Register(registry);
}
Family<Gauge>& gauge(Registry& registry, const char* name, const char* help) {
  return BuildGauge().Name(name).Help(help).Register(registry);
}
Family<Histogram>& histogram(Registry& registry, const char* name, const char* help) {
  return BuildHistogram().Name(name).Help(help).Register(registry);
}

}  // namespace

struct Metrics::Families {
  Registry registry;
  Family<Gauge>& build = gauge(registry, "vfstock_build_info", "Always 1; the version is a label.");
  Family<Counter>& sweeps = counter(registry, "vfstock_sweeps_total",
                                    "Refreshes of all products, by what made us look and result.");
  Family<Histogram>& sweep_duration =
      histogram(registry, "vfstock_sweep_duration_seconds", "How long a sweep took.");
  Family<Counter>& decisions = counter(registry, "vfstock_decisions_total",
                                       "Decisions about products, by outcome and cause.");
  Family<Counter>& panel_requests = counter(registry, "vfstock_panel_requests_total",
                                            "Requests to the panel, by endpoint and status.");
  Family<Histogram>& panel_duration =
      histogram(registry, "vfstock_panel_request_duration_seconds",
                "How long the panel took for a batch of requests that go out together.");
  Family<Counter>& events =
      counter(registry, "vfstock_events_total", "Events taken, by source and event.");
  Family<Counter>& refused =
      counter(registry, "vfstock_events_refused_total", "Events that were not taken, by reason.");
  Family<Gauge>& product_qty = gauge(registry, "vfstock_product_qty",
                                     "The qty of a managed product after the last decision.");
  Family<Gauge>& product_confirmed =
      gauge(registry, "vfstock_product_confirmed_timestamp_seconds",
            "When a product's qty was last decided on what panel and shop said themselves.");
  Gauge& last_success =
      gauge(registry, "vfstock_sweep_last_success_timestamp_seconds",
            "When a sweep, with later tries of what it had to keep, last had all that it needed.")
          .Add({});
  Gauge& last_attempt = gauge(registry, "vfstock_sweep_last_attempt_timestamp_seconds",
                              "When the last sweep ended, however it ended.")
                            .Add({});
  Gauge& failures =
      gauge(registry, "vfstock_consecutive_failures",
            "Sweeps that failed since one succeeded, or was made good by later tries.")
          .Add({});
  Gauge& held = gauge(registry, "vfstock_brake_held_products",
                      "Products whose fall the brake withholds until somebody looks.")
                    .Add({});
  Gauge& writer = gauge(registry, "vfstock_writer",
                        "1 where this daemon writes the shop, 0 while it waits or cannot.")
                      .Add({});
  Gauge& depth =
      gauge(registry, "vfstock_event_queue_depth", "Events taken and not yet handled.").Add({});
  Histogram& event_to_write =
      histogram(registry, "vfstock_event_to_write_seconds",
                "From an event's arrival to the end of the sweep that it led to.")
          .Add({}, write_seconds);
  Gauge& reload_good = gauge(registry, "vfstock_config_last_reload_successful",
                             "0 where the configuration was to be read again and was refused.")
                           .Add({});
  Counter& cpu = counter(registry, "process_cpu_seconds_total", "Processor time used.").Add({});
  Gauge& memory = gauge(registry, "process_resident_memory_bytes", "Memory in use.").Add({});
  Gauge& descriptors = gauge(registry, "process_open_fds", "Open file descriptors.").Add({});
  Gauge& started = gauge(registry, "process_start_time_seconds", "When the process began.").Add({});

  /// The gauges of a product, to be taken away when it is no longer managed.
  struct OfProduct {
    Gauge* qty = nullptr;
    Gauge* confirmed = nullptr;
  };
  std::mutex mutex;
  std::map<std::int64_t, OfProduct> products;

  void take_away(const OfProduct& gone) {
    product_qty.Remove(gone.qty);
    if (gone.confirmed != nullptr) product_confirmed.Remove(gone.confirmed);
  }
  void publish_products(const View& view);
};

Metrics::Metrics(const std::string& version) : families_(std::make_unique<Families>()) {
  families_->build.Add({{"version", version}}).Set(1);
  families_->reload_good.Set(1);
  families_->started.Set(process_started());
}

Metrics::~Metrics() = default;

void Metrics::sweep(std::string_view trigger, bool succeeded, Milliseconds took) {
  families_->sweeps
      .Add({{"trigger", std::string(trigger)}, {"result", succeeded ? "success" : "failure"}})
      .Increment();
  families_->sweep_duration.Add({}, sweep_seconds).Observe(seconds(took));
}

void Metrics::decision(std::string_view outcome, std::string_view cause) {
  families_->decisions.Add({{"outcome", std::string(outcome)}, {"cause", std::string(cause)}})
      .Increment();
}

void Metrics::panel_request(std::string_view endpoint, const std::string& code, Milliseconds took) {
  families_->panel_requests.Add({{"endpoint", std::string(endpoint)}, {"code", code}}).Increment();
  families_->panel_duration.Add({{"endpoint", std::string(endpoint)}}, request_seconds)
      .Observe(seconds(took));
}

void Metrics::event(std::string_view source, std::string_view event) {
  families_->events.Add({{"source", std::string(source)}, {"event", std::string(event)}})
      .Increment();
}

void Metrics::event_refused(std::string_view reason) {
  families_->refused.Add({{"reason", std::string(reason)}}).Increment();
}

void Metrics::event_written(Milliseconds after) {
  families_->event_to_write.Observe(seconds(after));
}

void Metrics::queue_depth(std::int64_t depth) { families_->depth.Set(static_cast<double>(depth)); }

void Metrics::reloaded(bool good) { families_->reload_good.Set(good ? 1 : 0); }

void Metrics::Families::publish_products(const View& view) {
  const std::lock_guard lock(mutex);
  for (const auto& [id, product] : view.products) {
    OfProduct& gauges = products[id];
    const prometheus::Labels labels{{"product", std::to_string(id)}};
    if (gauges.qty == nullptr) gauges.qty = &product_qty.Add(labels);
    gauges.qty->Set(static_cast<double>(product.qty));
    if (!product.confirmed) continue;
    if (gauges.confirmed == nullptr) gauges.confirmed = &product_confirmed.Add(labels);
    gauges.confirmed->Set(seconds_of(*product.confirmed));
  }
  for (auto known = products.begin(); known != products.end();) {
    if (view.products.contains(known->first)) {
      ++known;
      continue;
    }
    take_away(known->second);
    known = products.erase(known);
  }
}

void Metrics::publish(const View& view) {
  families_->writer.Set(view.role == Role::writer ? 1 : 0);
  families_->held.Set(static_cast<double>(view.held));
  families_->failures.Set(static_cast<double>(view.sweep.consecutive_failures));
  if (view.sweep.attempted) families_->last_attempt.Set(seconds_of(*view.sweep.attempted));
  if (view.sweep.succeeded) families_->last_success.Set(seconds_of(*view.sweep.succeeded));
  families_->publish_products(view);
}

std::string Metrics::text() {
  const ProcessFigures figures = process_figures();
  const std::lock_guard lock(families_->mutex);
  families_->cpu.Increment(figures.cpu_seconds - families_->cpu.Value());
  families_->memory.Set(figures.resident_bytes);
  families_->descriptors.Set(figures.open_descriptors);
  return prometheus::TextSerializer().Serialize(families_->registry.Collect());
}

std::string_view endpoint_of(std::string_view target) noexcept {
  const std::string_view path = target.substr(0, target.find('?'));
  if (path == "/connect") return "connect";
  if (path.starts_with("/packages")) return "packages";
  if (path.ends_with("/resources")) return "group_resources";
  if (path.starts_with("/compute/hypervisors/groups")) return "groups";
  if (path.starts_with("/compute/")) return "compute";
  return "other";
}

}  // namespace vfstock::serve
