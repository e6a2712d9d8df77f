// Test only: lets another program ask what our reader and our checker say.
//
//   check_document SCHEMA FILE...   for each file its document as one line of plain JSON, or
//                                   "refused: why"; the schema is not asked
//   check_document SCHEMA           for each line of standard input "ok", or "refused: why"
#include <exception>
#include <iostream>
#include <string>

#include "sim/document/schemas.h"

namespace {

using vfstock::sim::document::DocumentError;

void print_document(const std::string& file) {
  try {
    std::cout << vfstock::sim::document::read_file(file).dump() << "\n";
  } catch (const DocumentError& error) {
    std::cout << "refused: " << error.what() << "\n";
  }
}

void check_line(const std::string& schema, const std::string& line) {
  try {
    const auto document = vfstock::sim::document::parse(line, "line");
    vfstock::sim::document::published_schemas().check(schema, document, "line");
    std::cout << "ok\n";
  } catch (const DocumentError& error) {
    std::cout << "refused: " << error.what() << "\n";
  }
}

}  // namespace

int main(int count, char** arguments) try {
  if (count < 2) {
    std::cerr << "usage: check_document SCHEMA [FILE...]\n";
    return 2;
  }
  for (int index = 2; index < count; ++index) print_document(arguments[index]);
  if (count > 2) return 0;
  for (std::string line; std::getline(std::cin, line);) check_line(arguments[1], line);
  return 0;
} catch (const std::exception& error) {
  std::cerr << "check_document: " << error.what() << "\n";
  return 2;
}
