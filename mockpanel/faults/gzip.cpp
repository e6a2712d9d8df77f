#include "mockpanel/faults/gzip.h"

#include <algorithm>
#include <array>
#include <stdexcept>

#include <zlib.h>

namespace vfstock::mockpanel::faults {
namespace {

constexpr int gzip_window_bits = 15 + 16;

Bytef* bytes_of(std::string_view text) {
  return reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
}

// zlib remembers where the stream lies, so it stays there.
void begin_packing(z_stream& stream) {
  constexpr int memory_level = 9;
  if (deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, gzip_window_bits, memory_level,
                   Z_DEFAULT_STRATEGY) != Z_OK) {
    throw std::runtime_error("mock panel cannot compress an answer: zlib has no memory");
  }
}

/// Packs `plain` and appends all that comes out of it by now.
void pack_more(z_stream& stream, std::string_view plain, int flush, std::string& packed) {
  std::array<char, 16384> room{};
  stream.next_in = bytes_of(plain);
  stream.avail_in = static_cast<uInt>(plain.size());
  do {
    stream.next_out = reinterpret_cast<Bytef*>(room.data());
    stream.avail_out = room.size();
    deflate(&stream, flush);
    packed.append(room.data(), room.size() - stream.avail_out);
  } while (stream.avail_out == 0);
}

}  // namespace

std::string gzip(std::string_view plain) {
  std::string packed;
  z_stream stream{};
  begin_packing(stream);
  pack_more(stream, plain, Z_FINISH, packed);
  deflateEnd(&stream);
  return packed;
}

std::string gzip_of_many(char byte, std::size_t size) {
  const std::string piece(std::min(size, std::size_t{1} << 20), byte);
  std::string packed;
  z_stream stream{};
  begin_packing(stream);
  std::size_t rest = size;
  for (; rest > piece.size(); rest -= piece.size()) pack_more(stream, piece, Z_NO_FLUSH, packed);
  pack_more(stream, std::string_view(piece).substr(0, rest), Z_FINISH, packed);
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
