#include "engine/capacity/column.h"

#include <algorithm>
#include <cstring>

namespace vfstock::capacity {

// Most often one of many differs, so they are compared a handful at a time, by their bytes.
void add_different(const Column& one, const Column& other, std::vector<Place>& places) {
  constexpr Place stride = 16;
  const Place size = one.size();
  for (Place begin = 0; begin < size; begin += stride) {
    const Place end = std::min(begin + stride, size);
    if (std::memcmp(&one[begin], &other[begin], (end - begin) * sizeof(double)) == 0) continue;
    for (Place place = begin; place < end; ++place) {
      if (one[place] != other[place]) places.push_back(place);
    }
  }
}

}  // namespace vfstock::capacity
