# Emscripten: the user's own emsdk when EMSDK is set, otherwise Debian's package.
if(DEFINED ENV{EMSDK})
  include("$ENV{EMSDK}/upstream/emscripten/cmake/Modules/Platform/Emscripten.cmake")
  return()
endif()

include(/usr/share/emscripten/cmake/Modules/Platform/Emscripten.cmake)
# Debian keeps acorn, which the link step needs, where Node does not look by itself.
foreach(lang C CXX)
  set(CMAKE_${lang}_LINKER_LAUNCHER "${CMAKE_COMMAND};-E;env;NODE_PATH=/usr/share/nodejs"
    CACHE STRING "")
endforeach()
# Its default is the system sysroot.
set(CMAKE_INSTALL_PREFIX "${CMAKE_BINARY_DIR}/install" CACHE PATH "" FORCE)
