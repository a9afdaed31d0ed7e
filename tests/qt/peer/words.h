// The words of the line protocol: each form of word from and to its meaning. A malformed word throws Usage.
#pragma once

#include "answers.h"

#include <charconv>

QByteArray textWord(const QByteArray &utf8);
QByteArray textBytes(const QByteArray &word);
QString text(const QByteArray &word);

QByteArray bytesWord(const QByteArray &bytes);
QByteArray bytes(const QByteArray &word); // never null: a null QByteArray has another stream than an empty one

// A malformed number throws the code.
template <typename Int>
Int number(const QByteArray &word, const char *code = "Usage")
{
    Int value = 0;
    const auto [rest, failure] = std::from_chars(word.cbegin(), word.cend(), value);
    if (failure != std::errc() || rest != word.cend())
        throw error(code, QStringLiteral("not a decimal number of %1 bits: %2")
                              .arg(8 * sizeof(Int)).arg(QString::fromUtf8(word)));
    return value;
}

// For the MS of a call of Qt that takes no time limit: throws unsupported, unless the word is none.
[[noreturn]] void refuseTimeLimit(const QByteArray &word);
