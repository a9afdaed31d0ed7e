// The answers of the line protocol (tests/interop/PROTOCOL.md), and how Qt's errors become them.
#pragma once

#include <QByteArray>
#include <QList>
#include <QSharedMemory>
#include <QString>
#include <QSystemSemaphore>

using Words = QList<QByteArray>;
using Answer = QByteArray; // one line without its line break

// Thrown where a command ends without "ok".
struct Refusal
{
    Answer answer;
};

Answer ok(const Words &words = {});
Refusal error(const char *code, const QString &text);
Refusal unsupported();

// What Qt says about the call that has just failed. Some calls answer false and leave error() as an earlier call set
// it: the caller must recognise those by the object's state before it asks here.
Refusal errorOf(const QSharedMemory &memory);
Refusal errorOf(const QSystemSemaphore &semaphore);

// For a false after which error() is stale: the code and the reason follow from the object's state.
Refusal staleError(const char *code, const QString &reason, const QSharedMemory &memory);
