#include "script.h"

#include <cstring>

// One object, or several in one process.

static void life()
{
    situation("life");
    SharedMemory memory("life");
    SHOW(memory);
    DO(memory, create(1024));
    KERNEL("life");
    line("is filled with zeros", result(std::string(1024, '\0') == std::string(static_cast<char *>(memory.data()), 1024)));
    DO(memory, detach());
    differs("detached-lock", "attachments=none no-file lock=1 file", "attachments=none no-file lock=none no-file");
    KERNEL("life");
    DO(memory, detach());
    DO(memory, create(1));
    DO(memory, detach());
    DO(memory, create(4097));
}

static void sizes()
{
    situation("sizes");
    SharedMemory memory("sizes");
    DO(memory, create(0));
    differs("no-lock-made", "attachments=none no-file lock=1 file", "attachments=none no-file lock=none no-file");
    KERNEL("sizes");
    DO(memory, create(-1));
    DO(memory, create(8));
}

// The numbers of the enumerators, which programs store and print.
static void numbers()
{
    situation("numbers");
    std::string all;
    for (int number : {SharedMemory::ReadOnly, SharedMemory::ReadWrite})
        all += ' ' + std::to_string(number);
    for (int number : {SharedMemory::NoError, SharedMemory::PermissionDenied, SharedMemory::InvalidSize, SharedMemory::KeyError,
                       SharedMemory::AlreadyExists, SharedMemory::NotFound, SharedMemory::LockError, SharedMemory::OutOfResources,
                       SharedMemory::UnknownError})
        all += ' ' + std::to_string(number);
    for (int number : {SystemSemaphore::Open, SystemSemaphore::Create})
        all += ' ' + std::to_string(number);
    for (int number : {SystemSemaphore::NoError, SystemSemaphore::PermissionDenied, SystemSemaphore::KeyError,
                       SystemSemaphore::AlreadyExists, SystemSemaphore::NotFound, SystemSemaphore::OutOfResources,
                       SystemSemaphore::UnknownError})
        all += ' ' + std::to_string(number);
    line("all", all);
}

// Those that are the same in Qt, but for the Q before and the parentheses after them.
static void texts()
{
    situation("texts");
    const auto common = [](const std::string &text) { return text.substr(text[0] == 'Q', text.find(" (") - (text[0] == 'Q')); };
    SharedMemory memory("texts");
    memory.lock();
    line("lock", common(plain(memory.errorString())));
    memory.create(8);
    memory.create(8);
    line("create", common(plain(memory.errorString())));
    line("semaphore", common(plain(SystemSemaphore("semtexts", 32768).errorString())));
}

static void errorsStay()
{
    situation("errors-stay");
    SharedMemory memory("errors");
    DO(memory, attach());
    DO(memory, detach());
    DO(memory, unlock());
    differs("no-lock-made", "attachments=none no-file lock=1 file", "attachments=none no-file lock=none no-file");
    KERNEL("errors");
    DO(memory, create(0));
    DO(memory, detach());
    DO(memory, create(8));
    DO(memory, attach());
    DO(memory, unlock());
    DO(memory, detach());
    DO(memory, attach());
    CALL(memory, setKey("others"));
    DO(memory, detach());
}

static void attachedAlready()
{
    situation("attached-already");
    SharedMemory memory("attached");
    DO(memory, create(8));
    DO(memory, attach());
    DO(memory, attach(SharedMemory::ReadOnly));
    DO(memory, create(16));
    KERNEL("attached");
    DO(memory, create(0));
    DO(memory, attach());
    DO(memory, lock());
    DO(memory, create(16));
    differs("living-segment", "attachments=1 file lock=2 file", "attachments=1 file lock=0 file");
    KERNEL("attached");
    differs("living-segment", "false; AlreadyExists attached size=8", "true; AlreadyExists attached size=8");
    DO(memory, unlock());
    DO(memory, detach());
    differs("living-segment", "attachments=none no-file lock=2 file", "attachments=none no-file lock=none no-file");
    KERNEL("attached");
}

static void readOnly()
{
    situation("read-only");
    SharedMemory creator("readonly"), reader("readonly");
    DO(creator, create(8, SharedMemory::ReadOnly));
    line("mapping", mapping(creator.data()));
    DO(creator, detach());
    DO(creator, create(8));
    line("mapping", mapping(creator.data()));
    std::memcpy(creator.data(), "content", 8);
    DO(reader, attach(SharedMemory::ReadOnly));
    line("mapping", mapping(reader.data()));
    line("content", static_cast<const char *>(reader.constData()));
    DO(reader, lock());
    DO(reader, unlock());
}

static void two()
{
    situation("two");
    SharedMemory first("two"), second("two");
    DO(second, attach());
    DO(first, create(8));
    DO(second, create(8));
    KERNEL("two");
    DO(second, attach());
    KERNEL("two");
    line("the same memory", result(first.data() == second.data()));
    std::memcpy(first.data(), "content", 8);
    line("content", static_cast<const char *>(second.constData()));
    DO(first, detach());
    differs("creator-leaves", "attachments=1 file lock=1 file", "attachments=1 file lock=none file");
    KERNEL("two");
    DO(second, lock());
    DO(second, unlock());
    DO(second, detach());
    differs("detached-lock", "attachments=none no-file lock=1 file", "attachments=none no-file lock=none no-file");
    KERNEL("two");
}

static void creatorEnds()
{
    situation("creator-ends");
    SharedMemory second("creator");
    {
        SharedMemory first("creator");
        DO(first, create(8));
        DO(second, attach());
    }
    differs("creator-leaves", "attachments=1 file lock=none no-file", "attachments=1 file lock=none file");
    KERNEL("creator");
    DO(second, lock());
    KERNEL("creator");
    DO(second, unlock());
    KERNEL("creator");
    DO(second, detach());
    differs("detached-lock", "attachments=none no-file lock=1 file", "attachments=none no-file lock=none no-file");
    KERNEL("creator");
}

static void loserEnds()
{
    situation("loser-ends");
    SharedMemory winner("loser");
    DO(winner, create(8));
    DO(winner, lock());
    {
        SharedMemory loser("loser");
        DO(loser, create(8));
        differs("living-segment", "attachments=1 file lock=1 file", "attachments=1 file lock=0 file");
        KERNEL("loser");
    }
    differs("living-segment", "attachments=1 file lock=none no-file", "attachments=1 file lock=0 file");
    KERNEL("loser");
    DO(winner, unlock());
    differs("living-segment", "attachments=1 file lock=2 file", "attachments=1 file lock=1 file");
    KERNEL("loser");
    DO(winner, lock());
    DO(winner, unlock());
}

static void proberEnds()
{
    situation("prober-ends");
    SharedMemory owner("prober");
    {
        SharedMemory prober("prober");
        DO(prober, attach());
        differs("no-lock-made", "attachments=none no-file lock=1 file", "attachments=none no-file lock=none no-file");
        KERNEL("prober");
        DO(owner, create(8));
    }
    differs("no-lock-made", "attachments=1 file lock=none no-file", "attachments=1 file lock=1 file");
    KERNEL("prober");
    DO(owner, lock());
    KERNEL("prober");
    DO(owner, unlock());
}

void memoryAlone()
{
    life();
    sizes();
    numbers();
    texts();
    errorsStay();
    attachedAlready();
    readOnly();
}

void memoryTogether()
{
    two();
    creatorEnds();
    loserEnds();
    proberEnds();
}
