// A purchase's answer for people, for programs, as a table and as part of a page.
#pragma once

#include <ostream>
#include <string>

#include "sim/cli/forecast/words.h"
#include "sim/document/document.h"
#include "sim/forecast/purchase.h"
#include "sim/report/forecast_result.h"

namespace vfstock::sim::cli {

/// What the words need beside the answer.
struct PurchaseContext {
  std::string under;  // the plan's or the what-if's name
  Begins begins;
  std::string currency;
  std::int64_t replicates = 0;
};

/// "3 hypervisors"; of several offers "2 large, 1 small".
std::string choice_words(const forecast::Purchase& purchase,
                         const forecast::PurchaseChoice& choice);
void print_purchase(const forecast::Purchase& purchase, const forecast::PurchaseAnswer& answer,
                    const PurchaseContext& context, std::ostream& out);
document::Json purchase_json(const forecast::Purchase& purchase,
                             const forecast::PurchaseAnswer& answer,
                             const PurchaseContext& context);
/// A line per trial: under, a column per offer, order day, cost, fill rate and the rest.
std::string purchase_csv_header(const forecast::Purchase& purchase);
std::string purchase_csv(const forecast::PurchaseAnswer& answer, const PurchaseContext& context);
report::ForecastPurchase purchase_section(const forecast::Purchase& purchase,
                                          const forecast::PurchaseAnswer& answer,
                                          const PurchaseContext& context);

}  // namespace vfstock::sim::cli
