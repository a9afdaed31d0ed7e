// The FORMATs of the line protocol: between the word of a VALUE and the bytes that a Qt program shares.
#pragma once

#include "answers.h"

#include <functional>

struct Format
{
    std::function<QByteArray(const QByteArray &value)> encode;
    std::function<QByteArray(const QByteArray &bytes)> decode; // throws BadData
};

// Throws unsupported for a name that is not a FORMAT.
const Format &formatNamed(const QByteArray &name);
