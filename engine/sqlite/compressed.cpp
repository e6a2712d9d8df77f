#include "engine/sqlite/compressed.h"

#include <cstdint>
#include <new>

#include <zlib.h>

#include "engine/catalogue/catalogue.h"

namespace vfstock::sqlite {
namespace {

constexpr std::size_t length_bytes = 8;
constexpr std::uint64_t bytes_max = std::uint64_t{64} * 1024 * 1024;

}  // namespace

std::string compressed(std::string_view bytes) {
  uLongf size = compressBound(bytes.size());
  std::string kept(length_bytes + size, '\0');
  for (std::size_t i = 0; i < length_bytes; ++i) {
    kept[i] = static_cast<char>((bytes.size() >> (8 * i)) & 0xff);
  }
  if (compress2(reinterpret_cast<Bytef*>(kept.data() + length_bytes), &size,
                reinterpret_cast<const Bytef*>(bytes.data()), bytes.size(), Z_BEST_SPEED) != Z_OK) {
    throw std::bad_alloc();
  }
  kept.resize(length_bytes + size);
  return kept;
}

std::string decompressed(std::string_view kept) {
  if (kept.size() < length_bytes) throw catalogue::StoreError("kept bytes are cut short");
  std::uint64_t length = 0;
  for (std::size_t i = 0; i < length_bytes; ++i) {
    length |= std::uint64_t{static_cast<unsigned char>(kept[i])} << (8 * i);
  }
  if (length > bytes_max) throw catalogue::StoreError("kept bytes are damaged");
  std::string bytes(length, '\0');
  uLongf size = length;
  const int done = uncompress(reinterpret_cast<Bytef*>(bytes.data()), &size,
                              reinterpret_cast<const Bytef*>(kept.data() + length_bytes),
                              kept.size() - length_bytes);
  if (done != Z_OK || size != length) throw catalogue::StoreError("kept bytes are damaged");
  return bytes;
}

}  // namespace vfstock::sqlite
