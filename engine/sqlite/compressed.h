// Bytes made small for keeping: answers of a panel shrink to a twentieth.
#pragma once

#include <string>
#include <string_view>

namespace vfstock::sqlite {

/// The bytes with their length in front, deflated. Never throws but std::bad_alloc.
std::string compressed(std::string_view bytes);

/// What compressed() was given. Throws StoreError for anything else, and for more than 64 MiB.
std::string decompressed(std::string_view kept);

}  // namespace vfstock::sqlite
