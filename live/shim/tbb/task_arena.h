#pragma once
#include "tbb/serial.hpp"
