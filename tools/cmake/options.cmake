# Warnings for our own code only; they are errors.
add_library(isthmus_warnings INTERFACE)
target_compile_options(isthmus_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Werror)

# Sanitizers reach every object, so they are not tied to a target. The core has no RTTI, which
# the vptr check would need.
set(ISTHMUS_SANITIZE "" CACHE STRING "Sanitizers for everything, as -fsanitize= takes them")
if(ISTHMUS_SANITIZE)
  add_compile_options(-fsanitize=${ISTHMUS_SANITIZE} -fno-sanitize=vptr
    -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${ISTHMUS_SANITIZE})
  add_compile_definitions(ISTHMUS_SANITIZED)
endif()
