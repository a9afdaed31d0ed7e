// The works that tests/bench measures, as Qt does them.
#pragma once

#include <functional>
#include <string>

// One work, prepared. Calling it does the work that many times; it throws std::runtime_error when Qt refuses.
using Work = std::function<void(int)>;

// Prepares a work of a family on the segment of that name, or those whose names begin with it, which tests/bench keeps alive.
Work prepare(const std::string &family, const std::string &work, const std::string &name);

// The version of the Qt that does it.
std::string version();
