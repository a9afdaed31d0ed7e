// The works that tests/bench measures, as Qt does them.
#pragma once

#include "memory.h"

#include <functional>

// One work, prepared. Calling it does the work that many times; it throws std::runtime_error when Qt refuses.
using Work = std::function<void(int)>;

// Prepares a work on the segment of that place, or those whose names begin like its, which tests/bench keeps alive.
Work prepare(const QString &work, const Place &place);
