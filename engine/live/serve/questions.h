// What handlers ask the engine, and what they read of the journal themselves.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "engine/live/serve/api.h"
#include "engine/live/serve/writer.h"

namespace vfstock::serve {

/// What a sweep would write now.
Writer::Question plan_question();
Writer::Question recalculate_question(Recalculation wanted);

using Parameters = std::multimap<std::string, std::string>;
/// product, outcome, cause, limit (100 without, at most 1000). Throws std::invalid_argument for
/// others and for what is no number, StoreError.
std::vector<sqlite::KeptDecision> kept_decisions(const std::filesystem::path& journal,
                                                 const Parameters& filter);
/// A product with its derivation and its history. Throws StoreError.
std::string derived_product(const std::filesystem::path& journal, const ProductView& product);

}  // namespace vfstock::serve
