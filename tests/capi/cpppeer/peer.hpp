// The state of the peer: its objects by the IDs that the driver chose. One ID names one object, of either kind.
#pragma once

#include <shmbridge_qt.hpp>

#include <cstdint>
#include <cstdio>
#include <map>
#include <string>

extern "C" { // what the C peer is made of too
#include "formats.h"
#include "lines.h"
#include "self.h"
#include "values.h"
#include "words.h"
}

// What SharedMemory does not tell is kept beside it.
struct segment
{
    shmbridge::SharedMemory memory;
    bool readOnly = false; // how it is attached
    bool holdsLock = false;
};

struct peer
{
    bool safe = false; // this and the type say which key a name leads to
    shmbridge::NativeIpcKey::Type type = shmbridge::NativeIpcKey::legacyDefaultTypeForOs();
    std::map<std::string, segment> segments;
    std::map<std::string, shmbridge::SystemSemaphore> semaphores;

    // Whether a name leads to the key to which it leads the constructors that take one.
    bool isUsual() const { return !safe && type == shmbridge::NativeIpcKey::legacyDefaultTypeForOs(); }

    // Of SharedMemory or SystemSemaphore.
    template <class Object> shmbridge::NativeIpcKey keyOf(const std::string &name) const
    {
        return safe ? Object::platformSafeKey(name, type) : Object::legacyNativeKey(name, type);
    }
};
