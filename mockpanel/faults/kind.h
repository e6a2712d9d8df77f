// The kinds of fault, each with the name that scenarios and the control port use.
//
// What changes the answer itself (status, content, paging, state) is rendered in process as well as
// on sockets. Connection, HTTP syntax, compression and TLS kinds exist on sockets; in process the
// link says what a careful client makes of them (reception.h).
#pragma once

#include <optional>
#include <string_view>
#include <vector>

namespace vfstock::mockpanel::faults {

enum class Kind {
  // Another answer, or none.
  status,          // `status` with `body`
  malformed_json,  // 200, JSON content type, text that is not JSON
  truncated_json,  // 200, a whole HTTP answer whose JSON stops half way
  cut,             // the connection closes half way through the announced body
  no_answer,       // the request is read, nothing is ever sent
  reset,           // the connection is torn down (RST) before a byte is sent
  refused,         // nobody listens
  latency,         // the right answer, `delay` late
  // The content of the right answer. `field` says which value, or a figure that clients need.
  number_as_text,        // "1024"
  number_as_float,       // 1024.0
  number_with_exponent,  // 1024e0
  number_with_fraction,  // 1024.5
  number_too_large,      // 1e400
  number_nan,            // NaN
  number_negative,       // -1
  number_beyond_2_53,    // 2^53 + 1
  number_beyond_2_63,    // 2^63
  field_null,
  field_missing,
  field_renamed,
  field_twice,       // the same key again, with another value
  deep_nesting,      // 100,000 arrays in one another
  trailing_garbage,  // text after the document
  two_documents,
  invalid_utf8,
  byte_order_mark,
  another_panel,  // the same kind of record, of a panel with other ids and half the room
  stale_answer,   // from the state that the panel was in when the rule was added
  // Paging.
  page_repeated,    // the records of the page before
  items_drift,      // from page 2 on as if the first record had been deleted meanwhile
  last_page_lies,   // `value`, or one page less (one more where there is one)
  total_lies,       // `value`, or one more
  endless_pages,    // a million pages, each full of records never seen before
  results_ignored,  // 20 to a page, whatever is asked for
  results_clamped,  // at most `value` to a page, or 5
  // State.
  hypervisor_twice,  // the first record once more, and counted
  free_above_max,
  flags_flip,      // enabled is disabled and the other way round
  record_deleted,  // the group, package, hypervisor or server that is asked for goes, until the
                   // rule ends
  all_zero,
  all_times_1000,
  // The connection.
  closed,             // the request is read, then the connection closes without a byte
  reset_body,         // torn down half way through the body
  stall_body,         // silent half way through the body
  dribble_head,       // a byte a second from the first on
  dribble_body,       // a byte a second once the head is out
  keep_alive_closed,  // promised to be kept, closed once the answer is out
  // HTTP syntax.
  long_reason,     // reason phrase of 30 kB
  endless_header,  // a header line without an end
  second_answer,   // another answer right behind the right one
  truncated_without_length,
  length_too_small,
  two_lengths,
  length_and_chunked,
  bad_chunk_size,
  missing_last_chunk,
  garbage,         // not HTTP at all
  long_header,     // one of 20 kB
  many_headers,    // 200,000
  early_continue,  // a 100 that nobody asked for
  // Compression.
  gzip_bomb,   // 100 kB that become 100 MB
  gzip_cut,    // half of the compressed body, announced as if it were whole
  gzip_plain,  // says gzip but is plain
  // TLS: before any request can be read.
  tls_expired,
  tls_self_signed,
  tls_wrong_name,
  tls_plaintext,  // speaks HTTP where TLS is expected
  tls_reset,      // torn down within the handshake
};

/// In which respect an exchange goes wrong.
enum class Layer { answer, content, paging, state, connection, syntax, compression, tls };

std::string_view name(Kind kind) noexcept;              // "malformed-json", ...
std::optional<Kind> kind_named(std::string_view name);  // the same names
std::vector<std::string_view> kind_names();
Layer layer(Kind kind) noexcept;
/// Whether the panel still carries out a request that meets this kind: only the answer is spoiled.
bool is_carried_out(Kind kind) noexcept;
/// Whether the answer reads as a right one and yet does not tell the panel's state: no client can
/// know.
bool is_a_lie(Kind kind) noexcept;

}  // namespace vfstock::mockpanel::faults
