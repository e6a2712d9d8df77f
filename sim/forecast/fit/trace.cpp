#include "sim/forecast/fit/trace.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cmath>
#include <map>
#include <optional>
#include <string_view>

#include "sim/document/document.h"
#include "sim/document/nearest.h"

namespace vfstock::sim::forecast::fit {
namespace {

constexpr double seconds_max = 1e11;  // some three thousand years

std::optional<double> number_from(std::string_view text) {
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  if (!(std::abs(number) <= seconds_max)) return std::nullopt;
  return number;
}

/// "2026-11-24", "2026-11-24T03:00", "2026-11-24 03:00:15"; a trailing Z is allowed.
std::optional<double> date_from(std::string_view text) {
  if (text.ends_with('Z')) text.remove_suffix(1);
  constexpr std::string_view shape = "dddd-dd-ddTdd:dd:dd";
  if (text.size() != 10 && text.size() != 16 && text.size() != 19) return std::nullopt;
  std::array<int, 6> parts{};
  std::size_t part = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool digit = text[i] >= '0' && text[i] <= '9';
    if (shape[i] == 'd' ? !digit : text[i] != shape[i] && !(i == 10 && text[i] == ' ')) {
      return std::nullopt;
    }
    if (digit) parts[part] = parts[part] * 10 + (text[i] - '0');
    if (!digit) ++part;
  }
  const std::chrono::year_month_day date{std::chrono::year{parts[0]},
                                         std::chrono::month{static_cast<unsigned>(parts[1])},
                                         std::chrono::day{static_cast<unsigned>(parts[2])}};
  if (!date.ok() || parts[3] > 23 || parts[4] > 59 || parts[5] > 59) return std::nullopt;
  const auto moment = std::chrono::sys_days{date} + std::chrono::hours{parts[3]} +
                      std::chrono::minutes{parts[4]} + std::chrono::seconds{parts[5]};
  return static_cast<double>(moment.time_since_epoch().count());
}

class TraceReader {
 public:
  TraceReader(std::istream& stream, const std::string& file) : stream_(stream), file_(file) {}

  History read() {
    std::string line;
    if (!next(line)) refuse("expected a header: time,product,lifetime,censored");
    read_header(line);
    while (next(line)) read_sale(line);
    if (stream_.bad()) throw document::DocumentError(file_ + ": cannot be read");
    if (sales_.empty()) refuse("expected at least one line after the header");
    return finished();
  }

 private:
  [[noreturn]] void refuse(const std::string& why) const {
    throw document::DocumentError(file_ + ":" + std::to_string(std::max(1, line_)) + ": " + why);
  }

  bool next(std::string& line) {
    if (!std::getline(stream_, line)) return false;
    ++line_;
    if (line.ends_with('\r')) line.pop_back();
    return true;
  }

  std::vector<std::string> cells_of(const std::string& line) const {
    if (line.find('"') != std::string::npos) refuse("quotes are not understood here");
    std::vector<std::string> cells{""};
    for (const char c : line) {
      if (c == ',') {
        cells.emplace_back();
      } else {
        cells.back() += c;
      }
    }
    return cells;
  }

  void read_header(const std::string& line) {
    const std::vector<std::string> known{"time",     "product",  "size",
                                         "lifetime", "censored", "batch"};
    const auto names = cells_of(line);
    for (std::size_t i = 0; i < names.size(); ++i) {
      if (std::find(known.begin(), known.end(), names[i]) == known.end()) {
        refuse("unknown column '" + names[i] + "'" + document::did_you_mean(names[i], known) +
               "; expected time, product or size, lifetime, censored, batch");
      }
      const std::string name = names[i] == "size" ? "product" : names[i];
      if (!columns_.emplace(name, i).second) refuse("the column '" + name + "' is there twice");
    }
    for (const char* const needed : {"time", "product", "lifetime", "censored"}) {
      if (!columns_.contains(needed)) refuse(std::string("the column '") + needed + "' is missing");
    }
  }

  void read_sale(const std::string& line) {
    const auto cells = cells_of(line);
    if (cells.size() != columns_.size()) {
      refuse("expected " + std::to_string(columns_.size()) + " columns, found " +
             std::to_string(cells.size()));
    }
    const auto cell = [&](const char* name) { return cells[columns_.at(name)]; };
    Sale read;
    const std::string time = cell("time");
    std::optional<double> at = number_from(time);
    if (!at) at = date_from(time);
    if (!at)
      refuse("time: expected seconds or a date such as 2026-11-24T03:00, found '" + time + "'");
    read.at = *at;
    read.product = cell("product");
    if (read.product.empty()) refuse("product: expected a name");
    const std::string censored = cell("censored");
    if (censored != "0" && censored != "1" && !censored.empty()) {
      refuse("censored: expected 0 or 1, found '" + censored + "'");
    }
    read_life(read, cell("lifetime"), censored);
    read.batch = line_;
    if (columns_.contains("batch")) read.batch = batch_number(cell("batch"));
    sales_.push_back(std::move(read));
  }

  void read_life(Sale& read, const std::string& lifetime, const std::string& censored) const {
    if (lifetime.empty()) {
      if (censored == "0") refuse("lifetime: empty, although the end was seen (censored is 0)");
      read.running = true;
      return;
    }
    const std::optional<double> life = number_from(lifetime);
    if (!life || *life < 0) {
      refuse("lifetime: expected seconds, not negative, found '" + lifetime + "'");
    }
    read.life = *life;
    read.running = censored == "1";
  }

  std::int64_t batch_number(const std::string& name) {
    if (name.empty()) refuse("batch: expected a name");
    return batches_.emplace(name, static_cast<std::int64_t>(batches_.size())).first->second;
  }

  History finished() {
    History history;
    history.source = file_;
    history.sales = std::move(sales_);
    history.end = history.sales.front().at;
    for (const Sale& sale : history.sales) history.end = std::max(history.end, sale.at);
    for (Sale& sale : history.sales) {
      if (!sale.life) sale.life = history.end - sale.at;
    }
    std::stable_sort(history.sales.begin(), history.sales.end(),
                     [](const Sale& one, const Sale& other) { return one.at < other.at; });
    return history;
  }

  std::istream& stream_;
  const std::string& file_;
  int line_ = 0;
  std::map<std::string, std::size_t> columns_;
  std::map<std::string, std::int64_t> batches_;
  std::vector<Sale> sales_;
};

}  // namespace

History read_trace(std::istream& stream, const std::string& file) {
  return TraceReader(stream, file).read();
}

}  // namespace vfstock::sim::forecast::fit
