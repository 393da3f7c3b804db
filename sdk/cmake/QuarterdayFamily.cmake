# quarterday_add_family(NAME source…): one shared library NAME.so that exports one symbol.
# For families inside this repository and, with find_package(Quarterday-SDK), for everybody else's.
set(QUARTERDAY_SDK_DIR ${CMAKE_CURRENT_LIST_DIR}/.. CACHE INTERNAL "")
set(QUARTERDAY_FAMILY_DIR ${CMAKE_BINARY_DIR}/families CACHE PATH "Where family libraries are put")

function(quarterday_add_family name)
  add_library(family_${name} MODULE ${ARGN})
  set_target_properties(family_${name} PROPERTIES
    PREFIX "" OUTPUT_NAME ${name}
    CXX_STANDARD 17 CXX_STANDARD_REQUIRED ON CXX_EXTENSIONS OFF
    CXX_VISIBILITY_PRESET hidden C_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON
    LIBRARY_OUTPUT_DIRECTORY ${QUARTERDAY_FAMILY_DIR})
  target_include_directories(family_${name} PRIVATE ${QUARTERDAY_SDK_DIR}/include)
  # Hidden visibility alone still leaks weak std:: symbols; the map lets exactly one symbol out.
  target_link_options(family_${name} PRIVATE
    -Wl,--version-script=${QUARTERDAY_SDK_DIR}/family.map -Wl,--no-undefined)
endfunction()
