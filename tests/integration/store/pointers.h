// A list of words as execve() takes it.
#pragma once

#include <string>
#include <vector>

namespace vfstock::store {

/// Valid as long as the words are; null at its end.
inline std::vector<char*> pointers(std::vector<std::string>& words) {
  std::vector<char*> list;
  for (std::string& word : words) list.push_back(word.data());
  list.push_back(nullptr);
  return list;
}

}  // namespace vfstock::store
