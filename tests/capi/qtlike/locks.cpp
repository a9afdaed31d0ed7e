#include "script.h"

// lock() and unlock().

static void unattached()
{
    situation("lock-unattached");
    SharedMemory memory("unattached");
    DO(memory, lock());
    DO(memory, unlock());
    DO(memory, attach());
    differs("nothing-to-lock", "true; NotFound detached size=0", "false; LockError detached size=0");
    DO(memory, lock());
    differs("nothing-to-lock", "true; NotFound detached size=0", "false; LockError detached size=0");
    DO(memory, unlock());
    DO(memory, create(8));
    DO(memory, lock());
    KERNEL("unattached");
    DO(memory, unlock());
    KERNEL("unattached");
    DO(memory, detach());
    differs("nothing-to-lock", "true; NoError detached size=0", "false; LockError detached size=0");
    DO(memory, lock());
    differs("nothing-to-lock", "true; NoError detached size=0", "false; LockError detached size=0");
    DO(memory, unlock());
}

static void twice()
{
    situation("lock-twice");
    SharedMemory memory("twice");
    DO(memory, create(8));
    DO(memory, unlock());
    KERNEL("twice");
    DO(memory, lock());
    DO(memory, lock());
    KERNEL("twice");
    DO(memory, unlock());
    KERNEL("twice");
    DO(memory, unlock());
    KERNEL("twice");
}

static void givenBack()
{
    situation("lock-given-back");
    SharedMemory memory("given"), second("given");
    DO(memory, create(8));
    DO(second, attach());
    DO(second, lock());
    DO(second, detach());
    KERNEL("given");
    DO(second, unlock());
    KERNEL("given");
    DO(second, attach());
    DO(second, lock());
    DO(second, attach());
    KERNEL("given");
    DO(second, unlock());
    {
        SharedMemory third("given");
        DO(third, attach());
        DO(third, lock());
    }
    KERNEL("given");
}

static void excludes()
{
    situation("lock-excludes");
    SharedMemory memory("excludes");
    DO(memory, create(8));
    const std::vector<const char *> others[] = {
        {"stop", "attach", "detach"}, {"attach", "stop", "lock", "unlock", "detach"}, {"attach", "stop", "detach"}};
    for (const std::vector<const char *> &steps : others) {
        Process other("excludes", steps);
        DO(memory, lock());
        other.go();
        line("another process", other.awaits(semaphoreFile("excludes")));
        DO(memory, unlock());
    }
}

static void holderDies()
{
    situation("lock-holder-dies");
    SharedMemory memory("dies");
    DO(memory, create(8));
    {
        Process other("dies", {"attach", "lock", "stop"});
        KERNEL("dies");
        other.kill();
    }
    KERNEL("dies");
    DO(memory, lock());
    DO(memory, unlock());
}

void memoryLocks()
{
    unattached();
    twice();
    givenBack();
    excludes();
    holderDies();
}
