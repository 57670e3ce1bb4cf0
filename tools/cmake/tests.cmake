# Native tests: one ctest test for each file of doctest cases, and one for each fuzz corpus.
find_package(doctest REQUIRED)
enable_testing()

# The core for speed, as the tests repeat it by the million; they themselves compile faster without.
target_compile_options(isthmus_core PRIVATE -O2)

# What nearly every file reads. Where an include is missing, the wasm build tells.
target_precompile_headers(isthmus_core PRIVATE src/value/value.h)

# These name something as another test does, so they stay out of unity builds.
set_source_files_properties(
  tests/cases/hostile_test.cpp
  tests/native/bridge/bridge_flood_test.cpp tests/native/bridge/bridge_inbound_test.cpp
  tests/native/bridge/bridge_last_wins_test.cpp tests/native/bridge/bridge_versions_test.cpp
  tests/native/contract/schema_hostile_test.cpp tests/native/contract/pattern/pattern_test.cpp
  tests/native/contract/schema/schema_demands_test.cpp tests/native/contract/schema_test.cpp
  tests/native/reducer/expression/expression_test.cpp
  tests/native/reducer/model/plain_entity_steps.cpp tests/native/reducer/model/plain_program.cpp
  tests/native/script/text_to_number_test.cpp
  tests/native/value/path_test.cpp tests/engine_calls/session_stores.cpp
  PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)

# doctest itself, compiled once; its macros call functions, which compiles faster than what they inline.
add_library(doctest_main OBJECT tests/native/main.cpp)
target_link_libraries(doctest_main PUBLIC doctest::doctest)
target_compile_definitions(doctest_main PUBLIC DOCTEST_CONFIG_SUPER_FAST_ASSERTS)

function(isthmus_doctest name)
  add_executable(${name} ${ARGN})
  target_include_directories(${name} PRIVATE tests)
  target_link_libraries(${name} PRIVATE isthmus_core isthmus_warnings doctest_main)
  if(name STREQUAL "native_tests")
    target_precompile_headers(${name} PRIVATE <doctest/doctest.h> src/store/store.h)
  else()
    target_precompile_headers(${name} REUSE_FROM native_tests)
  endif()
  foreach(source IN LISTS ARGN)
    cmake_path(RELATIVE_PATH source BASE_DIRECTORY "${CMAKE_SOURCE_DIR}/tests")
    add_test(NAME "${source}" COMMAND ${name} "--source-file=*/tests/${source}")
  endforeach()
endfunction()

include(tools/cmake/native_engine.cmake)

file(GLOB_RECURSE native_tests CONFIGURE_DEPENDS tests/native/*.cpp)
list(REMOVE_ITEM native_tests "${CMAKE_SOURCE_DIR}/tests/native/main.cpp" ${model_sources})
list(FILTER native_tests EXCLUDE REGEX "/log/campaign/")
isthmus_doctest(native_tests ${native_tests})
target_link_libraries(native_tests PRIVATE model)

# A program of its own, as it is run with other numbers of schedules (`npm run campaign`).
file(GLOB campaign_sources CONFIGURE_DEPENDS tests/native/log/campaign/*.cpp)
add_executable(log_campaign ${campaign_sources})
target_include_directories(log_campaign PRIVATE tests)
target_compile_options(log_campaign PRIVATE -O2)
target_link_libraries(log_campaign PRIVATE isthmus_core isthmus_warnings doctest_main)
add_test(NAME "native/log/campaign" COMMAND log_campaign)
# The longest of all begins first, and the rest run beside it.
set_tests_properties("native/log/campaign" PROPERTIES COST 1000)

# The JSON cases lie beside the sources; the environment variable ISTHMUS_CASES_DIR overrides.
file(GLOB case_tests CONFIGURE_DEPENDS tests/cases/*.cpp)
if(case_tests)
  isthmus_doctest(cases_tests ${case_tests})
  target_compile_definitions(cases_tests PRIVATE
    ISTHMUS_CASES_DIR="${CMAKE_SOURCE_DIR}/tests/cases")
endif()

# With an operator new of their own, so not among the others.
file(GLOB fault_tests CONFIGURE_DEPENDS tests/faults/*.cpp)
isthmus_doctest(fault_tests ${fault_tests})
target_link_libraries(fault_tests PRIVATE engine_calls_core)
target_compile_definitions(fault_tests PRIVATE
  ISTHMUS_SCRIPTS_DIR="${CMAKE_SOURCE_DIR}/tests/fuzz/corpus/engine_calls")

# What tests/cases/random-programs.test.ts replays through wasm.
add_executable(random_programs tests/cases/random/main.cpp)
target_link_libraries(random_programs PRIVATE model isthmus_core isthmus_warnings)

add_library(replay OBJECT tests/fuzz/replay/main.cpp)
target_link_libraries(replay PRIVATE isthmus_core isthmus_warnings)
target_precompile_headers(replay PRIVATE src/store/store.h)
file(GLOB fuzz_targets CONFIGURE_DEPENDS tests/fuzz/*.cpp)
foreach(source IN LISTS fuzz_targets)
  get_filename_component(name "${source}" NAME_WE)
  add_executable(replay_${name} "${source}")
  target_include_directories(replay_${name} PRIVATE tests)
  target_link_libraries(replay_${name} PRIVATE replay isthmus_core isthmus_warnings)
  target_precompile_headers(replay_${name} REUSE_FROM replay)
  add_test(NAME "fuzz corpus: ${name}"
    COMMAND replay_${name} "${CMAKE_SOURCE_DIR}/tests/fuzz/corpus/${name}")
endforeach()
target_link_libraries(replay_engine_calls PRIVATE engine_calls_core)

# The fuzz target `definition` also replays the JSON cases that have programs.
add_executable(fuzz_seeds tests/fuzz/seeds/main.cpp)
target_link_libraries(fuzz_seeds PRIVATE isthmus_core isthmus_warnings)
set(seeds "${CMAKE_BINARY_DIR}/fuzz-seeds/definition")
add_test(NAME "fuzz seeds: written" COMMAND fuzz_seeds "${CMAKE_SOURCE_DIR}/tests/cases" "${seeds}")
add_test(NAME "fuzz seeds: definition" COMMAND replay_definition "${seeds}")
set_tests_properties("fuzz seeds: written" PROPERTIES FIXTURES_SETUP fuzz_seeds)
set_tests_properties("fuzz seeds: definition" PROPERTIES FIXTURES_REQUIRED fuzz_seeds)
