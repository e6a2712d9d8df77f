// JSON documents that people write: scenarios, fleets, plans, policies.
//
// A typo must never pass for a default, so reading is strict, and every refusal says where it is.
// What a reader of other software would let pass silently is refused here: a byte order mark, a NUL
// byte, bytes that are not UTF-8, a key given twice, text after the document, nesting beyond
// `nesting_max`, a whole number beyond 64 bits, a number beyond a double. Comments (// and /* */)
// are allowed, because a scenario without reasons is no documentation. Functions are pure but for
// read_file, and safe to call from any thread.
#pragma once

#include <cstddef>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

namespace vfstock::sim::document {

/// Keeps the order of the file, so that "first" in an error means first for the reader too.
using Json = nlohmann::ordered_json;

inline constexpr std::size_t nesting_max = 64;  // arrays and objects, counted together
inline constexpr std::size_t file_bytes_max = std::size_t{64} * 1024 * 1024;

/// A document is refused. what() is one line for people:
///   "FILE:LINE:COLUMN: message"  text that is not JSON; both count from 1, columns in bytes
///   "FILE: /json/pointer: message"  JSON of the wrong shape; the document itself is "the document"
///   "FILE: message"  a file that cannot be read
class DocumentError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The document in `text`; `file` is only named in errors. Throws DocumentError.
Json parse(std::string_view text, const std::string& file);

/// The document in a file of at most `file_bytes_max` bytes. Throws DocumentError.
Json read_file(const std::filesystem::path& file);

}  // namespace vfstock::sim::document
