# Forecasts: events a second, beside a hand-written loop, ns-3 and SimPy on the same loss system.
add_executable(vfstock_bench_forecast ${CMAKE_CURRENT_LIST_DIR}/forecast_bench.cpp)
target_link_libraries(vfstock_bench_forecast PRIVATE vfstock_sim benchmark::benchmark_main)

# For comparison only, so they are built where they can be.
find_library(ns3_core ns3-core)
if(ns3_core)
  add_executable(loss_ns3 ${CMAKE_CURRENT_LIST_DIR}/loss_ns3.cpp)
  target_compile_features(loss_ns3 PRIVATE cxx_std_20)
  target_link_libraries(loss_ns3 PRIVATE ${ns3_core})
endif()
file(COPY ${CMAKE_CURRENT_LIST_DIR}/loss_simpy.py DESTINATION ${CMAKE_CURRENT_BINARY_DIR}
  USE_SOURCE_PERMISSIONS)
