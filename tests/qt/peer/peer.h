// The state of a peer: its objects by the IDs that the driver chose. One ID names one object, of either kind.
#pragma once

#include <QByteArray>
#include <QSharedMemory>
#include <QString>
#include <QSystemSemaphore>

#include <map>

#if QT_VERSION >= QT_VERSION_CHECK(6, 6, 0)
using Key = QNativeIpcKey;
#else
using Key = QString; // the name, from which the classes make the key
#endif

struct Segment
{
    QSharedMemory memory;
    bool readOnly = false; // how it is attached, which QSharedMemory does not tell
};

struct Peer
{
    std::map<QByteArray, Segment> segments;
    std::map<QByteArray, QSystemSemaphore> semaphores;
    bool ended = false;
#if QT_VERSION >= QT_VERSION_CHECK(6, 6, 0)
    bool safe = false; // platformSafeKey(), not legacyNativeKey()
    Key::Type type = Key::Type::SystemV;
#endif
};
