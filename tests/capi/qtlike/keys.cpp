#include "script.h"

#include <cstdlib>
#include <sys/stat.h>
#include <unistd.h>

// What keys there are, and what a change of key does.

static void names()
{
    situation("names");
    SharedMemory none;
    line("none", keys(none));
    SHOW(none);
    for (const char *name : {"test", "My App 1.0", "h\u00e9llo", "\u65e5\u672c", "a/b\\c", "12345", ""}) {
        SharedMemory memory(text(name));
        line(name, keys(memory));
    }
}

static void noKey()
{
    situation("no-key");
    SharedMemory none;
    DO(none, lock());
    DO(none, unlock());
    DO(none, detach());
    DO(none, attach());
    DO(none, create(8));
    DO(none, create(0));
    DO(none, lock());
    SharedMemory empty("");
    DO(empty, create(8));
    CALL(empty, setKey("known"));
    DO(empty, create(8));
}

static void sameKey()
{
    situation("same-key");
    SharedMemory memory("same");
    DO(memory, create(8));
    CALL(memory, setKey("same"));
    line("keys", keys(memory));
    KERNEL("same");
}

// Key files are in TMPDIR: the same key is another one when that has changed.
static void sameKeyElsewhere()
{
    situation("same-key-elsewhere");
    const std::string directory = getenv("TMPDIR"), elsewhere = directory + "/elsewhere";
    SharedMemory memory("elsewhere");
    DO(memory, create(8));
    mkdir(elsewhere.c_str(), 0700);
    setenv("TMPDIR", elsewhere.c_str(), 1);
    CALL(memory, setKey("elsewhere"));
    line("keys", keys(memory));
    DO(memory, create(8));
    KERNEL("elsewhere");
    memory.setKey("");
    memory.attach(); // gives the lock up
    setenv("TMPDIR", directory.c_str(), 1);
    rmdir(elsewhere.c_str());
}

static void otherKey()
{
    situation("other-key");
    SharedMemory memory("one");
    DO(memory, create(8));
    CALL(memory, setKey("another"));
    line("keys", keys(memory));
    differs("detached-lock", "attachments=none no-file lock=1 file", "attachments=none no-file lock=none no-file");
    KERNEL("one");
    DO(memory, attach());
    DO(memory, create(16));
    KERNEL("one");
    KERNEL("another");
    CALL(memory, setKey(""));
    line("keys", keys(memory));
    differs("detached-lock", "attachments=none no-file lock=1 file", "attachments=none no-file lock=none no-file");
    KERNEL("another");
    DO(memory, attach());
    KERNEL("another");
}

static void otherKeyWhileLocked()
{
    situation("other-key-while-locked");
    SharedMemory memory("locked"), second("locked");
    DO(memory, create(8));
    DO(second, attach());
    DO(memory, lock());
    CALL(memory, setKey("unlocked"));
    differs("creator-leaves", "attachments=1 file lock=1 file", "attachments=1 file lock=none file");
    KERNEL("locked");
    DO(memory, unlock());
    DO(memory, create(8));
    KERNEL("unlocked");
}

static void nativeKey()
{
    situation("native-key");
    SharedMemory creator("native"), other;
    DO(creator, create(8));
    CALL(other, setNativeKey(creator.nativeKey()));
    line("keys", keys(other));
    DO(other, attach());
    CALL(other, setNativeKey(creator.nativeKey()));
    differs("native-lock", "false; LockError attached size=8", "true; NoError attached size=8");
    DO(other, lock());
    KERNEL("native");
    differs("native-lock", "false; LockError attached size=8", "true; NoError attached size=8");
    DO(other, unlock());
    differs("native-lock", "LockError detached size=0", "NoError detached size=0");
    CALL(other, setKey("native"));
    line("keys", keys(other));
    DO(other, attach());
    CALL(other, setNativeKey(""));
    line("keys", keys(other));
    DO(other, attach());
}

static void impossibleKeys()
{
    situation("impossible-keys");
    SharedMemory letters(text(std::string(198, 'x')));
    differs("hopeless-key", "false; NotFound detached size=0", "false; KeyError detached size=0");
    DO(letters, attach());
    DO(letters, create(8));
    SharedMemory moreLetters(text(std::string(250, 'x')));
    DO(moreLetters, attach());
    DO(moreLetters, create(8));
    SharedMemory nul(text(std::string("a\0b", 3)));
    differs("nul-in-key", "true; NoError attached size=8", "false; KeyError detached size=0");
    DO(nul, create(8));
    SharedMemory native;
    native.setNativeKey(text(std::string(getenv("TMPDIR")) + "/no/directory"));
    DO(native, attach());
    DO(native, create(8));
}

void memoryKeys()
{
    names();
    noKey();
    sameKey();
    sameKeyElsewhere();
    otherKey();
    otherKeyWhileLocked();
    nativeKey();
    impossibleKeys();
}
