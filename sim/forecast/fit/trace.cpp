#include "sim/forecast/fit/trace.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <map>
#include <optional>
#include <string_view>

#include <fmt/format.h>

#include "sim/document/document.h"
#include "sim/document/nearest.h"
#include "sim/forecast/calendar.h"

namespace vfstock::sim::forecast::fit {
namespace {

constexpr double seconds_max = 1e11;  // some three thousand years
constexpr double years_max = 50;
constexpr std::size_t line_bytes_max = 65'536, name_bytes_max = 200;

std::optional<double> number_from(std::string_view text) {
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  if (!(std::abs(number) <= seconds_max)) return std::nullopt;
  return number;
}

/// Seconds, or a date.
std::optional<double> moment_from(std::string_view text) {
  const auto number = number_from(text);
  return number ? number : calendar_seconds(text);
}

/// What was found, short enough for a message and without what a terminal would obey.
std::string shown(std::string_view text) {
  constexpr std::size_t bytes_max = 40;
  std::string shown(text.substr(0, bytes_max));
  for (char& c : shown) {
    if (static_cast<unsigned char>(c) < ' ' || static_cast<unsigned char>(c) > '~') c = '?';
  }
  return "'" + shown + (text.size() > bytes_max ? "...'" : "'");
}

/// Lines of a stream, each no longer than it may be.
class Lines {
 public:
  explicit Lines(std::istream& stream) : stream_(stream), buffer_(1 << 20) {}

  enum class Read { line, end, too_long };
  /// Without its end; stays until the next call.
  Read next(std::string_view& line) {
    line_.clear();
    for (;;) {
      const char* const from = buffer_.data() + at_;
      const char* const end = buffer_.data() + filled_;
      const char* const found = std::find(from, end, '\n');
      if (found != end) {
        at_ = static_cast<std::size_t>(found - buffer_.data()) + 1;
        return finish({from, found}, line);
      }
      line_.append(from, end);
      if (line_.size() > line_bytes_max) return Read::too_long;
      if (!fill()) return line_.empty() ? Read::end : finish({}, line);
    }
  }

 private:
  Read finish(std::string_view rest, std::string_view& line) {
    if (line_.empty()) {
      line = rest;
    } else {
      line_.append(rest);
      line = line_;
    }
    if (line.size() > line_bytes_max) return Read::too_long;
    if (line.ends_with('\r')) line.remove_suffix(1);
    return Read::line;
  }

  bool fill() {
    stream_.read(buffer_.data(), static_cast<std::streamsize>(buffer_.size()));
    at_ = 0;
    filled_ = static_cast<std::size_t>(stream_.gcount());
    return filled_ > 0;
  }

  std::istream& stream_;
  std::vector<char> buffer_;
  std::size_t at_ = 0, filled_ = 0;
  std::string line_;  // what has been read of a line that two fillings share
};

const std::vector<std::string>& known_columns() {
  static const std::vector<std::string> known{"time",  "product", "size",  "lifetime", "censored",
                                              "batch", "stock",   "cycle", "ends"};
  return known;
}
enum Column : std::size_t {
  time_c,
  product_c,
  size_c,
  lifetime_c,
  censored_c,
  batch_c,
  stock_c,
  cycle_c,
  ends_c,
  columns
};

class TraceReader {
 public:
  TraceReader(std::istream& stream, const std::string& file) : lines_(stream), file_(file) {
    places_.fill(-1);
  }

  History read() {
    std::string_view line;
    if (!next(line)) refuse("expected a header: time,product,lifetime,censored");
    read_header(line);
    while (next(line)) read_sale(line);
    if (sales_.empty()) refuse("expected at least one line after the header");
    return finished();
  }

 private:
  [[noreturn]] void refuse_at(std::int64_t line, const std::string& why) const {
    throw document::DocumentError(
        fmt::format("{}:{}: {}", file_, std::max<std::int64_t>(1, line), why));
  }
  [[noreturn]] void refuse(const std::string& why) const { refuse_at(line_, why); }

  bool next(std::string_view& line) {
    const Lines::Read read = lines_.next(line);
    if (read == Lines::Read::end) return false;
    ++line_;
    if (read == Lines::Read::too_long) {
      refuse(fmt::format("the line is longer than {} bytes", line_bytes_max));
    }
    return true;
  }

  void split(std::string_view line) {
    if (line.find('"') != std::string_view::npos) refuse("quotes are not understood here");
    cells_.clear();
    for (std::size_t from = 0;;) {
      const std::size_t comma = line.find(',', from);
      cells_.push_back(line.substr(from, comma - from));
      if (comma == std::string_view::npos) return;
      from = comma + 1;
    }
  }

  void read_header(std::string_view line) {
    split(line);
    const auto& known = known_columns();
    for (std::size_t i = 0; i < cells_.size(); ++i) {
      const auto found = std::find(known.begin(), known.end(), cells_[i]);
      if (found == known.end()) {
        refuse("unknown column " + shown(cells_[i]) + document::did_you_mean(cells_[i], known) +
               "; expected time, product or size, lifetime, censored, batch, stock, cycle, ends");
      }
      auto column = static_cast<std::size_t>(found - known.begin());
      if (column == size_c) column = product_c;
      if (places_[column] >= 0) refuse("the column '" + known[column] + "' is there twice");
      places_[column] = static_cast<std::ptrdiff_t>(i);
    }
    width_ = cells_.size();
    for (const Column needed : {time_c, product_c, lifetime_c, censored_c}) {
      if (!has(needed)) refuse("the column '" + known[needed] + "' is missing");
    }
  }

  bool has(Column column) const { return places_[column] >= 0; }
  std::string_view cell(Column column) const {
    return has(column) ? cells_[static_cast<std::size_t>(places_[column])] : std::string_view();
  }

  void read_sale(std::string_view line) {
    split(line);
    if (cells_.size() != width_) {
      refuse(fmt::format("expected {} columns, found {}", width_, cells_.size()));
    }
    Sale& read = sales_.emplace_back();
    read.at = moment_of(time_c, "time");
    read.product = name_of(product_c, "product");
    const std::string_view censored = cell(censored_c);
    if (censored != "0" && censored != "1" && !censored.empty()) {
      refuse("censored: expected 0 or 1, found " + shown(censored));
    }
    read_life(read, censored);
    read.batch = has(batch_c) ? batch_number() : line_;
    read.cycle = cell(cycle_c).substr(0, name_bytes_max);
    if (!cell(ends_c).empty()) read.ends = moment_of(ends_c, "ends");
    stock_.push_back(stock_after());
    if (read.at < earliest_) {
      earliest_ = read.at;
      earliest_line_ = line_;
    }
    latest_ = std::max(latest_, read.at);
  }

  double moment_of(Column column, const char* name) const {
    const auto moment = moment_from(cell(column));
    if (!moment) {
      refuse(fmt::format("{}: expected seconds or a date such as 2026-11-24T03:00, found {}", name,
                         shown(cell(column))));
    }
    return *moment;
  }

  std::string name_of(Column column, const char* name) const {
    if (cell(column).empty()) refuse(fmt::format("{}: expected a name", name));
    if (cell(column).size() > name_bytes_max) {
      refuse(fmt::format("{}: expected a name of at most {} bytes", name, name_bytes_max));
    }
    return std::string(cell(column));
  }

  void read_life(Sale& read, std::string_view censored) const {
    const std::string_view lifetime = cell(lifetime_c);
    if (lifetime.empty()) {
      if (censored == "0") refuse("lifetime: empty, although the end was seen (censored is 0)");
      read.running = true;
      return;
    }
    const std::optional<double> life = number_from(lifetime);
    if (!life || *life < 0) {
      refuse("lifetime: expected seconds, not negative, found " + shown(lifetime));
    }
    read.life = *life;
    read.running = censored == "1";
  }

  /// A number is itself; other names are counted, below 0.
  std::int64_t batch_number() {
    const std::string_view name = cell(batch_c);
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), number);
    const bool is_number = error == std::errc() && end == name.data() + name.size();
    if (is_number && number >= 0 && (name == "0" || !name.starts_with('0'))) return number;
    if (name == last_batch_ && last_number_ < 0) return last_number_;
    last_batch_ = name_of(batch_c, "batch");
    const auto next = -1 - static_cast<std::int64_t>(batches_.size());
    return last_number_ = batches_.emplace(last_batch_, next).first->second;
  }

  /// What the shop showed after the sale; -1: the trace does not say.
  double stock_after() const {
    if (cell(stock_c).empty()) return -1;
    const auto stock = number_from(cell(stock_c));
    if (!stock) refuse("stock: expected a number, found " + shown(cell(stock_c)));
    return std::max(0.0, *stock);
  }

  History finished() {
    if (latest_ - earliest_ > years_max * 366 * day_s) {
      refuse_at(
          earliest_line_,
          fmt::format("time: {:.0f} years before the end of the trace, which may span {:.0f}; "
                      "take out the lines that are wrong",
                      (latest_ - earliest_) / (365.25 * day_s), years_max));
    }
    History history;
    history.source = file_;
    history.end = latest_;
    find_emptied(history);
    history.sales = std::move(sales_);
    for (Sale& sale : history.sales) {
      if (!sale.life) sale.life = history.end - sale.at;
      if (sale.ends && (*sale.ends < history.end || !sale.running)) sale.ends.reset();
    }
    const auto earlier = [](const Sale& one, const Sale& other) { return one.at < other.at; };
    if (!std::is_sorted(history.sales.begin(), history.sales.end(), earlier)) {
      std::stable_sort(history.sales.begin(), history.sales.end(), earlier);
    }
    return history;
  }

  /// From a sale that left nothing to the next one of the same product.
  void find_emptied(History& history) const {
    if (!has(stock_c)) return;
    std::map<std::string, std::vector<std::pair<double, double>>> moments;
    for (std::size_t n = 0; n < sales_.size(); ++n) {
      moments[sales_[n].product].emplace_back(sales_[n].at, stock_[n]);
    }
    for (auto& [product, states] : moments) {
      std::stable_sort(states.begin(), states.end(),
                       [](const auto& one, const auto& other) { return one.first < other.first; });
      for (std::size_t n = 0; n < states.size(); ++n) {
        const double until = n + 1 < states.size() ? states[n + 1].first : history.end;
        if (states[n].second == 0 && until > states[n].first) {
          history.emptied[product].push_back({states[n].first, until});
        }
      }
    }
  }

  Lines lines_;
  const std::string& file_;
  std::int64_t line_ = 0, earliest_line_ = 0;
  double earliest_ = 2 * seconds_max, latest_ = -2 * seconds_max;
  std::array<std::ptrdiff_t, columns> places_{};  // -1: not there
  std::size_t width_ = 0;
  std::vector<std::string_view> cells_;
  std::map<std::string, std::int64_t> batches_;
  std::string last_batch_;
  std::int64_t last_number_ = 0;
  std::vector<Sale> sales_;
  std::vector<double> stock_;  // by sale
};

}  // namespace

History read_trace(std::istream& stream, const std::string& file) {
  History history = TraceReader(stream, file).read();
  if (stream.bad()) throw document::DocumentError(file + ": cannot be read");
  return history;
}

}  // namespace vfstock::sim::forecast::fit
