// Real Qt for Windows: the functions of the core library that the environment variable QTCORE names. Microsoft's compiler has
// built it, and names functions otherwise than mingw-w64, but both call them alike: a method is a function that takes the object
// first, and one that returns an object takes the place for it.
#pragma once

// The place of a QString: one pointer in Qt 5, three in Qt 6.
struct String
{
    void *parts[3];
};

// The place of a QSharedMemory, which has what a QObject has: two pointers.
struct SharedMemory
{
    void *parts[2];
};

// Of sizes, Qt 5 takes the lower half, an int.
struct Functions
{
    const char *(*version)();
    void (*fromUtf16)(String *result, const char16_t *units, long long size);
    void (*construct)(SharedMemory *, const String &key, void *parent);
    void (*destroy)(SharedMemory *);
    bool (*create)(SharedMemory *, long long size, int mode);
    bool (*attach)(SharedMemory *, int mode);
    bool (*detach)(SharedMemory *);
    bool (*lock)(SharedMemory *);
    bool (*unlock)(SharedMemory *);
    int (*error)(const SharedMemory *);
};

constexpr int readWrite = 1; // QSharedMemory::ReadWrite, a mode

// Loads Qt when it is first called, and throws std::runtime_error when it cannot.
const Functions &qt();
