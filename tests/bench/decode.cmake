# Decoding of a group answer: bytes -> hypervisors.
add_executable(vfstock_bench_decode ${CMAKE_CURRENT_LIST_DIR}/decode_bench.cpp)
target_link_libraries(vfstock_bench_decode PRIVATE vfstock_engine nlohmann_json::nlohmann_json
  benchmark::benchmark_main)
