# Writes OUTPUT, a C++ file that holds every *.schema.json of FOLDER. Run as a script at build time:
#   cmake -DFOLDER=... -DOUTPUT=... -P embed_schemas.cmake
cmake_minimum_required(VERSION 3.25)

file(GLOB schemas RELATIVE "${FOLDER}" "${FOLDER}/*.schema.json")
list(SORT schemas)
list(LENGTH schemas count)
if(count EQUAL 0)
  message(FATAL_ERROR "${FOLDER} holds no *.schema.json; the programs cannot check documents.")
endif()

set(entries "")
foreach(schema IN LISTS schemas)
  file(READ "${FOLDER}/${schema}" text)
  string(APPEND entries "    {\"${schema}\", R\"schema(${text})schema\"},\n")
endforeach()

file(WRITE "${OUTPUT}" "// Generated from the schemas in scenarios/. Edit those.
#include <array>

#include \"sim/document/schemas.h\"

namespace vfstock::sim::document {
namespace {

constexpr std::array<PublishedSchema, ${count}> texts{{
${entries}}};

}  // namespace

std::span<const PublishedSchema> published_schema_texts() noexcept { return texts; }

}  // namespace vfstock::sim::document
")
