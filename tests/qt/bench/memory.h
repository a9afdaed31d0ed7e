// QSharedMemory objects of either family.
#pragma once

#include <QSharedMemory>

// Where an object is: what Qt derives its key from.
struct Place
{
    bool posix; // POSIX realtime, which takes Qt 6.6; otherwise System V
    QString name;
};

// A QSharedMemory, made as programs make it: from the name on System V, from its legacy native key on POSIX. Throws
// std::runtime_error when this Qt has no such keys.
struct Memory
{
    union { // for a constructor that the headers may not have
        QSharedMemory qt;
    };

    explicit Memory(const Place &place);
    ~Memory() { qt.~QSharedMemory(); }
    Memory(const Memory &) = delete;
    Memory &operator=(const Memory &) = delete;
};

// Derives the legacy native key of a POSIX segment, and does nothing else.
void derivePosixKey(const QString &name);
