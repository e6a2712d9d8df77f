# The mock panel on sockets: requests a second, from raw clients in the same process.
add_executable(vfstock_bench_wire ${CMAKE_CURRENT_LIST_DIR}/wire_bench.cpp
  ${PROJECT_SOURCE_DIR}/tests/integration/mockpanel_wire/raw_client.cpp)
target_link_libraries(vfstock_bench_wire PRIVATE vfstock_mockpanel benchmark::benchmark_main)
