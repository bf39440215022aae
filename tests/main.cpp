// The main function of every test program, compiled once: Catch's own takes longer than most tests.
#define CATCH_CONFIG_MAIN
#include <catch2/catch.hpp>
