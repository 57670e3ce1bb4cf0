# nlohmann/json through a folder that holds only a link to it: with /usr/include itself on the
# search path, glibc's headers would leak into the wasm build.
find_path(NLOHMANN_INCLUDE_DIR nlohmann/json.hpp PATHS /usr/include /usr/local/include
  NO_CMAKE_FIND_ROOT_PATH)
if(NOT NLOHMANN_INCLUDE_DIR)
  message(FATAL_ERROR "nlohmann/json.hpp was not found: install nlohmann-json3-dev, "
    "or set NLOHMANN_INCLUDE_DIR to the folder that holds nlohmann/json.hpp")
endif()
file(MAKE_DIRECTORY "${CMAKE_BINARY_DIR}/include")
file(CREATE_LINK "${NLOHMANN_INCLUDE_DIR}/nlohmann" "${CMAKE_BINARY_DIR}/include/nlohmann" SYMBOLIC)

add_library(nlohmann INTERFACE)
target_include_directories(nlohmann SYSTEM INTERFACE "${CMAKE_BINARY_DIR}/include")
