// The FORMATs of the line protocol: between the word of a VALUE and the bytes that a Qt program shares.
#pragma once

#include "answers.h"

struct Format
{
    QByteArray (*encode)(const QByteArray &value);
    QByteArray (*decode)(const QByteArray &bytes); // throws BadData
};

// Throws unsupported for a name that is not a FORMAT.
const Format &formatNamed(const QByteArray &name);
