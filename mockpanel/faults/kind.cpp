#include "mockpanel/faults/kind.h"

#include <algorithm>
#include <array>
#include <cstddef>

namespace vfstock::mockpanel::faults {
namespace {

struct Facts {
  Kind kind;
  std::string_view name;
  Layer layer;
  bool carried_out = true;
  bool lie = false;
};

constexpr bool spoiled = true, not_carried_out = false;
constexpr bool lie = true;

/// In the order of Kind.
constexpr std::array facts{
    Facts{Kind::status, "status", Layer::answer, not_carried_out},
    Facts{Kind::malformed_json, "malformed-json", Layer::answer},
    Facts{Kind::truncated_json, "truncated-json", Layer::answer},
    Facts{Kind::cut, "cut", Layer::answer},
    Facts{Kind::no_answer, "no-answer", Layer::answer, not_carried_out},
    Facts{Kind::reset, "reset", Layer::answer, not_carried_out},
    Facts{Kind::refused, "refused", Layer::answer, not_carried_out},
    Facts{Kind::latency, "latency", Layer::answer},
    Facts{Kind::number_as_text, "number-as-text", Layer::content},
    Facts{Kind::number_as_float, "number-as-float", Layer::content},
    Facts{Kind::number_with_exponent, "number-with-exponent", Layer::content},
    Facts{Kind::number_with_fraction, "number-with-fraction", Layer::content},
    Facts{Kind::number_too_large, "number-too-large", Layer::content},
    Facts{Kind::number_nan, "number-nan", Layer::content},
    Facts{Kind::number_negative, "number-negative", Layer::content, spoiled, lie},
    Facts{Kind::number_beyond_2_53, "number-beyond-2-53", Layer::content},
    Facts{Kind::number_beyond_2_63, "number-beyond-2-63", Layer::content},
    Facts{Kind::field_null, "field-null", Layer::content},
    Facts{Kind::field_missing, "field-missing", Layer::content},
    Facts{Kind::field_renamed, "field-renamed", Layer::content},
    Facts{Kind::field_twice, "field-twice", Layer::content},
    Facts{Kind::deep_nesting, "deep-nesting", Layer::content},
    Facts{Kind::trailing_garbage, "trailing-garbage", Layer::content},
    Facts{Kind::two_documents, "two-documents", Layer::content},
    Facts{Kind::invalid_utf8, "invalid-utf8", Layer::content},
    Facts{Kind::byte_order_mark, "byte-order-mark", Layer::content},
    Facts{Kind::another_panel, "another-panel", Layer::content, spoiled, lie},
    Facts{Kind::stale_answer, "stale-answer", Layer::content, spoiled, lie},
    Facts{Kind::page_repeated, "page-repeated", Layer::paging},
    Facts{Kind::items_drift, "items-drift", Layer::paging},
    Facts{Kind::last_page_lies, "last-page-lies", Layer::paging},
    Facts{Kind::total_lies, "total-lies", Layer::paging},
    Facts{Kind::endless_pages, "endless-pages", Layer::paging},
    Facts{Kind::results_ignored, "results-ignored", Layer::paging},
    Facts{Kind::results_clamped, "results-clamped", Layer::paging},
    Facts{Kind::hypervisor_twice, "hypervisor-twice", Layer::state},
    Facts{Kind::free_above_max, "free-above-max", Layer::state, spoiled, lie},
    Facts{Kind::flags_flip, "flags-flip", Layer::state, spoiled, lie},
    Facts{Kind::record_deleted, "record-deleted", Layer::state},
    Facts{Kind::all_zero, "all-zero", Layer::state, spoiled, lie},
    Facts{Kind::all_times_1000, "all-times-1000", Layer::state, spoiled, lie},
    Facts{Kind::closed, "closed", Layer::connection, not_carried_out},
    Facts{Kind::reset_body, "reset-body", Layer::connection},
    Facts{Kind::stall_body, "stall-body", Layer::connection},
    Facts{Kind::dribble_head, "dribble-head", Layer::connection},
    Facts{Kind::dribble_body, "dribble-body", Layer::connection},
    Facts{Kind::keep_alive_closed, "keep-alive-closed", Layer::connection},
    Facts{Kind::long_reason, "long-reason", Layer::syntax},
    Facts{Kind::endless_header, "endless-header", Layer::syntax},
    Facts{Kind::second_answer, "second-answer", Layer::syntax},
    Facts{Kind::truncated_without_length, "truncated-without-length", Layer::syntax},
    Facts{Kind::length_too_small, "length-too-small", Layer::syntax},
    Facts{Kind::two_lengths, "two-lengths", Layer::syntax},
    Facts{Kind::length_and_chunked, "length-and-chunked", Layer::syntax},
    Facts{Kind::bad_chunk_size, "bad-chunk-size", Layer::syntax},
    Facts{Kind::missing_last_chunk, "missing-last-chunk", Layer::syntax},
    Facts{Kind::garbage, "garbage", Layer::syntax},
    Facts{Kind::long_header, "long-header", Layer::syntax},
    Facts{Kind::many_headers, "many-headers", Layer::syntax},
    Facts{Kind::early_continue, "early-continue", Layer::syntax},
    Facts{Kind::gzip_bomb, "gzip-bomb", Layer::compression},
    Facts{Kind::gzip_cut, "gzip-cut", Layer::compression},
    Facts{Kind::gzip_plain, "gzip-plain", Layer::compression},
    Facts{Kind::tls_expired, "tls-expired", Layer::tls, not_carried_out},
    Facts{Kind::tls_self_signed, "tls-self-signed", Layer::tls, not_carried_out},
    Facts{Kind::tls_wrong_name, "tls-wrong-name", Layer::tls, not_carried_out},
    Facts{Kind::tls_plaintext, "tls-plaintext", Layer::tls, not_carried_out},
    Facts{Kind::tls_reset, "tls-reset", Layer::tls, not_carried_out}};

constexpr bool in_order() {
  for (std::size_t i = 0; i < facts.size(); ++i) {
    if (facts[i].kind != static_cast<Kind>(i)) return false;
  }
  return facts.back().kind == Kind::tls_reset;
}
static_assert(in_order());

const Facts& of(Kind kind) noexcept { return facts[static_cast<std::size_t>(kind)]; }

}  // namespace

std::string_view name(Kind kind) noexcept { return of(kind).name; }

std::optional<Kind> kind_named(std::string_view name) {
  const auto* const found = std::find_if(facts.begin(), facts.end(),
                                         [&](const Facts& each) { return each.name == name; });
  if (found == facts.end()) return std::nullopt;
  return found->kind;
}

std::vector<std::string_view> kind_names() {
  std::vector<std::string_view> names;
  names.reserve(facts.size());
  for (const Facts& each : facts) names.push_back(each.name);
  return names;
}

Layer layer(Kind kind) noexcept { return of(kind).layer; }

bool is_carried_out(Kind kind) noexcept { return of(kind).carried_out; }

bool is_a_lie(Kind kind) noexcept { return of(kind).lie; }

}  // namespace vfstock::mockpanel::faults
