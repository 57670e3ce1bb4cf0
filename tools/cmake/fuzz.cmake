# Fuzz targets: each tests/fuzz/<name>.cpp becomes an executable <name> driven by libFuzzer.
include(tools/cmake/native_engine.cmake)

# Calls of functions are counted, so that one of them can be where the stack ends.
foreach(target isthmus_core native_engine)
  target_compile_options(${target} PRIVATE -fsanitize=fuzzer-no-link
    -finstrument-functions-after-inlining)
endforeach()

file(GLOB fuzz_targets CONFIGURE_DEPENDS tests/fuzz/*.cpp)
foreach(source IN LISTS fuzz_targets)
  get_filename_component(name "${source}" NAME_WE)
  add_executable(${name} "${source}")
  target_include_directories(${name} PRIVATE tests)
  target_compile_options(${name} PRIVATE -fsanitize=fuzzer)
  target_link_options(${name} PRIVATE -fsanitize=fuzzer)
  target_link_libraries(${name} PRIVATE isthmus_core isthmus_warnings)
endforeach()
target_link_libraries(engine_calls PRIVATE engine_calls_core)

add_executable(fuzz_seeds tests/fuzz/seeds/main.cpp)
target_link_options(fuzz_seeds PRIVATE -fsanitize=fuzzer-no-link)
target_link_libraries(fuzz_seeds PRIVATE isthmus_core isthmus_warnings)
