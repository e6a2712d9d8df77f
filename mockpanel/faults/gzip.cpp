#include "mockpanel/faults/gzip.h"

#include <array>
#include <stdexcept>

#include <zlib.h>

namespace vfstock::mockpanel::faults {
namespace {

constexpr int gzip_window_bits = 15 + 16;

Bytef* bytes_of(std::string_view text) {
  return reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
}

}  // namespace

std::string gzip(std::string_view plain) {
  constexpr int memory_level = 9;
  z_stream stream{};
  if (deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, gzip_window_bits, memory_level,
                   Z_DEFAULT_STRATEGY) != Z_OK) {
    throw std::runtime_error("mock panel cannot compress an answer: zlib has no memory");
  }
  std::string packed(deflateBound(&stream, plain.size()), '\0');
  stream.next_in = bytes_of(plain);
  stream.avail_in = static_cast<uInt>(plain.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  deflate(&stream, Z_FINISH);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  return packed;
}

std::string half_gzip(std::string_view plain) {
  const std::string whole = gzip(plain);
  return whole.substr(0, whole.size() / 2);
}

std::string unpacked(std::string_view packed) {
  z_stream stream{};
  if (inflateInit2(&stream, gzip_window_bits) != Z_OK) {
    throw std::runtime_error("mock panel cannot decompress an answer: zlib has no memory");
  }
  stream.next_in = bytes_of(packed);
  stream.avail_in = static_cast<uInt>(packed.size());
  std::string plain;
  std::array<char, 16384> room{};
  int state = Z_OK;
  while (state == Z_OK) {
    stream.next_out = reinterpret_cast<Bytef*>(room.data());
    stream.avail_out = room.size();
    state = inflate(&stream, Z_SYNC_FLUSH);
    plain.append(room.data(), room.size() - stream.avail_out);
    if (stream.avail_in == 0 && stream.avail_out > 0) break;
  }
  inflateEnd(&stream);
  return plain;
}

}  // namespace vfstock::mockpanel::faults
