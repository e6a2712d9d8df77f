# vfstock_embed(TARGET SOURCE.in FILE): adds a source made of SOURCE.in, in which
# @VFSTOCK_EMBEDDED@ stands for the text of FILE.
function(vfstock_embed target source file)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${file})
  file(READ ${file} VFSTOCK_EMBEDDED)
  string(REGEX REPLACE "\\.in$" "" made ${source})
  configure_file(${source} ${CMAKE_CURRENT_BINARY_DIR}/${made} @ONLY)
  target_sources(${target} PRIVATE ${CMAKE_CURRENT_BINARY_DIR}/${made})
endfunction()
