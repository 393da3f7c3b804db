# cmake -DSOURCE=… -DBUILD=… -DPLACE=… -DCOMPILER=… -DCONFIGURATION=… -P stranger.cmake
# Does what docs/how-to/write-a-family.md says, with the code that stands in it.
function(run)
  execute_process(COMMAND ${ARGN} RESULT_VARIABLE result OUTPUT_VARIABLE output ERROR_VARIABLE output)
  if(NOT result EQUAL 0)
    message(FATAL_ERROR "${ARGN}\n${output}")
  endif()
  set(output "${output}" PARENT_SCOPE)
endfunction()

# Builds the folder `name` and runs its cases.
function(build_family name)
  run(${CMAKE_COMMAND} -G Ninja -S ${PLACE}/${name} -B ${PLACE}/${name}/build
    -DCMAKE_PREFIX_PATH=${PLACE}/sdk -DQUARTERDAY_EXECUTABLE=${BUILD}/server/quarterday -DCMAKE_CXX_COMPILER=${COMPILER}
    "-DCMAKE_CXX_FLAGS=-Wall -Wextra -Wpedantic -Werror")
  run(${CMAKE_COMMAND} --build ${PLACE}/${name}/build)
  run(${CMAKE_CTEST_COMMAND} --test-dir ${PLACE}/${name}/build --no-tests=error)
  if(NOT output MATCHES "100% tests passed")
    message(FATAL_ERROR "${output}")
  endif()
  if(NOT EXISTS ${PLACE}/${name}/build/families/${name}.so)
    message(FATAL_ERROR "${name}.so is not where families are put")
  endif()
endfunction()

# Writes the first block of that language in the page into a file.
function(write_block language file)
  string(FIND "${page}" "```${language}\n" start)
  string(LENGTH "```${language}\n" skip)
  math(EXPR start "${start} + ${skip}")
  string(SUBSTRING "${page}" ${start} -1 rest)
  string(FIND "${rest}" "```" length)
  string(SUBSTRING "${rest}" 0 ${length} block)
  file(WRITE ${file} "${block}")
endfunction()

file(REMOVE_RECURSE ${PLACE})
run(${CMAKE_COMMAND} --install ${BUILD} --component sdk --prefix ${PLACE}/sdk
  --config ${CONFIGURATION})
file(COPY ${PLACE}/sdk/share/quarterday-sdk/template DESTINATION ${PLACE})
build_family(template)

# The page's family, begun as the page says.
file(COPY ${PLACE}/sdk/share/quarterday-sdk/template/CMakeLists.txt DESTINATION ${PLACE}/walkabouts)
run(sed -i -e s/template/walkabouts/g -e s/Template/Walkabouts/g ${PLACE}/walkabouts/CMakeLists.txt)
file(READ ${SOURCE}/docs/how-to/write-a-family.md page)
write_block(toml ${PLACE}/walkabouts/walkabouts.toml)
write_block(cpp ${PLACE}/walkabouts/walkabouts.cpp)
write_block(text ${PLACE}/walkabouts/cases/put-right-within-28-days.case)
build_family(walkabouts)
