# The native benchmark: the same work as tests/bench/cases, without the crossing into JavaScript.
file(GLOB bench_sources CONFIGURE_DEPENDS tests/bench/native/*.cpp)
add_executable(native_bench ${bench_sources})
target_include_directories(native_bench PRIVATE tests)
target_link_libraries(native_bench PRIVATE isthmus_core isthmus_warnings)
