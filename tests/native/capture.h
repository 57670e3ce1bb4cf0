#pragma once

#include <doctest/doctest.h>

// doctest's CAPTURE for structured bindings as well, which clang before 16 does not capture in
// lambdas.
#undef CAPTURE
#define CAPTURE(what) CAPTURE_AS(what, DOCTEST_ANONYMOUS(captured))
#define CAPTURE_AS(what, name) \
  const auto& name = what;     \
  INFO(#what " := ", name)
