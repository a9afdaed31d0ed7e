// The state of a peer: its objects by the IDs that the driver chose. One ID names one object, of either kind.
#pragma once

#include <QByteArray>
#include <QSharedMemory>
#include <QString>
#include <QSystemSemaphore>

#include <map>

struct Segment
{
    explicit Segment(const QString &name) : memory(name) {}

    QSharedMemory memory;
    bool readOnly = false; // how it is attached, which QSharedMemory does not tell
};

struct Peer
{
    std::map<QByteArray, Segment> segments;
    std::map<QByteArray, QSystemSemaphore> semaphores;
    bool ended = false;
};
