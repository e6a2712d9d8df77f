#include "sim/document/pointer.h"

namespace vfstock::sim::document {
namespace {

// Keys come from anybody's file and go to somebody's terminal.
std::string printable(const std::string& text) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string line;
  for (const char character : text) {
    const auto byte = static_cast<unsigned char>(character);
    if (byte >= 0x20 && byte != 0x7F) {
      line += character;
    } else {
      line += std::string("\\u00") + digits[byte >> 4U] + digits[byte & 0xFU];
    }
  }
  return line;
}

}  // namespace

std::string pointer_step(std::string_view key) {
  std::string step = "/";
  for (const char character : key) {
    if (character == '~') {
      step += "~0";
    } else if (character == '/') {
      step += "~1";
    } else {
      step += character;
    }
  }
  return step;
}

std::string pointer_step(std::size_t index) { return "/" + std::to_string(index); }

std::string located(const std::string& file, const std::string& pointer,
                    const std::string& message) {
  return file + ": " + printable((pointer.empty() ? "the document" : pointer) + ": " + message);
}

}  // namespace vfstock::sim::document
