# vfstock_check_tests_are_registered(): fails when a tests/**/*_test.cpp belongs to no program. A test
# that is never built never fails, and nobody notices. Call it after all targets exist.

# Appends the absolute source files of all targets of `folder` and below to `result`.
function(vfstock_collect_sources folder result)
  set(collected ${${result}})
  get_property(targets DIRECTORY ${folder} PROPERTY BUILDSYSTEM_TARGETS)
  foreach(target IN LISTS targets)
    get_target_property(sources ${target} SOURCES)
    get_target_property(base ${target} SOURCE_DIR)
    foreach(source IN LISTS sources)
      cmake_path(ABSOLUTE_PATH source BASE_DIRECTORY ${base} NORMALIZE)
      list(APPEND collected ${source})
    endforeach()
  endforeach()
  get_property(subfolders DIRECTORY ${folder} PROPERTY SUBDIRECTORIES)
  foreach(subfolder IN LISTS subfolders)
    vfstock_collect_sources(${subfolder} collected)
  endforeach()
  set(${result} ${collected} PARENT_SCOPE)
endfunction()

function(vfstock_check_tests_are_registered)
  vfstock_collect_sources(${CMAKE_CURRENT_SOURCE_DIR} registered)
  file(GLOB_RECURSE present CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*_test.cpp)
  foreach(file IN LISTS present)
    if(NOT file IN_LIST registered)
      cmake_path(GET file PARENT_PATH folder)
      message(FATAL_ERROR "${file} belongs to no test program, so it would never run. "
        "Add it to vfstock_test(...) in ${folder}/CMakeLists.txt, or delete the file.")
    endif()
  endforeach()
endfunction()
