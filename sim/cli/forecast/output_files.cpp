#include "sim/cli/forecast/output_files.h"

namespace vfstock::sim::cli {

ForecastFiles::ForecastFiles(const boost::program_options::variables_map& values) {
  const auto opened = [&](const char* option) {
    return values.contains(option) ? std::make_unique<OutputFile>(values[option].as<std::string>())
                                   : nullptr;
  };
  csv_ = opened("csv");
  html_ = opened("html");
}

void ForecastFiles::write_csv(const std::function<std::string()>& make) {
  if (csv_) csv_->write(make());
}

void ForecastFiles::write_html(const std::function<std::string()>& make) {
  if (html_) html_->write(make());
}

}  // namespace vfstock::sim::cli
