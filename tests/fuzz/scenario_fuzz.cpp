// Scenario files against their reader: any bytes are a scenario or refused with one line.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "sim/document/schemas.h"
#include "sim/scenario/scenario.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace vfstock::sim;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  try {
    const document::Json json = document::parse(text, "fuzz");
    document::published_schemas().check("scenario.schema.json", json, "fuzz");
    if (json.contains("fleet")) return 0;  // would read a file of that name
    (void)scenario::scenario_from(json, "fuzz");
  } catch (const document::DocumentError& error) {
    if (std::string_view(error.what()).find('\n') != std::string_view::npos) std::abort();
  }
  return 0;
}
