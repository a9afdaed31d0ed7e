#include "script.h"

#include <cstdio>
#include <fcntl.h>
#include <linux/capability.h>
#include <sys/ipc.h>
#include <sys/resource.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/syscall.h>
#include <unistd.h>

// What should not happen.

static void leftover()
{
    situation("leftover");
    Process("leftover", {"create", "die"});
    KERNEL("leftover");
    SharedMemory memory("leftover");
    DO(memory, create(8));
    KERNEL("leftover");
    DO(memory, attach());
    DO(memory, detach());
    differs("detached-lock", "attachments=none no-file lock=1 file", "attachments=none no-file lock=none no-file");
    KERNEL("leftover");
    DO(memory, create(16));
}

static void creatorDies()
{
    situation("creator-dies");
    SharedMemory memory("creatordies");
    {
        Process creator("creatordies", {"create", "stop"});
        DO(memory, attach());
        creator.kill();
    }
    KERNEL("creatordies");
    DO(memory, lock());
    DO(memory, unlock());
    DO(memory, detach());
    differs("crashed-creator", "attachments=none no-file lock=1 file", "attachments=none no-file lock=none no-file");
    KERNEL("creatordies");
    removeSemaphore("creatordies");
}

static void removed()
{
    situation("removed");
    SharedMemory memory("removed");
    DO(memory, create(8));
    removeSegment("removed");
    DO(memory, lock());
    DO(memory, unlock());
    DO(memory, create(16));
    differs("creator-leaves", "attachments=1 file lock=1 file", "attachments=1 file lock=none file");
    KERNEL("removed");
    removeSegment("removed");
    DO(memory, detach());
    differs("removed-segment", "attachments=none file lock=1 file", "attachments=none no-file lock=none no-file");
    KERNEL("removed");
    DO(memory, attach());
    std::remove(segmentFile("removed").c_str());
}

static void removedWhileLocked()
{
    situation("removed-while-locked");
    SharedMemory memory("removedlocked");
    DO(memory, create(8));
    DO(memory, lock());
    removeSegment("removedlocked");
    differs("own-lock", "true; NoError attached size=16", "false; LockError attached size=8");
    DO(memory, create(16));
    differs("own-lock", "attachments=1 file lock=2 file", "attachments=none file lock=0 file");
    KERNEL("removedlocked");
}

static void allRemovedWhileLocked()
{
    situation("all-removed-while-locked");
    SharedMemory memory("allremoved");
    DO(memory, create(8));
    DO(memory, lock());
    removeSegment("allremoved");
    removeSemaphore("allremoved");
    DO(memory, create(16));
    DO(memory, unlock());
    DO(memory, lock());
    DO(memory, unlock());
}

static void lockRemoved()
{
    situation("lock-removed");
    SharedMemory memory("lockremoved");
    DO(memory, create(8));
    removeSemaphore("lockremoved");
    DO(memory, lock());
    KERNEL("lockremoved");
    removeSemaphore("lockremoved");
    differs("lock-lost", "true; NoError attached size=8", "false; LockError attached size=8");
    DO(memory, unlock());
    differs("lock-lost", "attachments=1 file lock=2 file", "attachments=1 file lock=none no-file");
    KERNEL("lockremoved");
    differs("lock-lost", "true; NoError attached size=8", "true; LockError attached size=8");
    DO(memory, lock());
    differs("lock-lost", "attachments=1 file lock=1 file", "attachments=1 file lock=0 file");
    KERNEL("lockremoved");
}

static void keyFileOnly()
{
    situation("key-file-only");
    close(open(segmentFile("fileonly").c_str(), O_CREAT, 0600));
    SharedMemory memory("fileonly");
    DO(memory, attach());
    differs("no-lock-made", "attachments=none file lock=1 file", "attachments=none file lock=none no-file");
    KERNEL("fileonly");
    DO(memory, create(8));
    DO(memory, detach());
    differs("detached-lock", "attachments=none no-file lock=1 file", "attachments=none no-file lock=none no-file");
    KERNEL("fileonly");
}

static void noMemory()
{
    situation("no-memory");
    rlimit before{}, small{};
    getrlimit(RLIMIT_AS, &before);
    small = before;
    small.rlim_cur = 1 << 30;
    SharedMemory memory("nomemory");
    setrlimit(RLIMIT_AS, &small);
    DO(memory, create(0x7fffffff));
    setrlimit(RLIMIT_AS, &before);
    differs("no-memory", "attachments=0 file lock=1 file", "attachments=none no-file lock=none no-file");
    KERNEL("nomemory");
    removeSegment("nomemory");
    DO(memory, create(0x7fffffff));
}

// Root passes over modes as long as it has these.
static void setCapabilities(bool on)
{
    const unsigned bits = 1u << CAP_DAC_OVERRIDE | 1u << CAP_DAC_READ_SEARCH | 1u << CAP_IPC_OWNER;
    __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
    __user_cap_data_struct data[2];
    syscall(SYS_capget, &header, data);
    data[0].effective = on ? data[0].permitted : data[0].effective & ~bits;
    syscall(SYS_capset, &header, data);
}

static void setModeOfSegment(const std::string &name, unsigned short mode)
{
    const int id = shmget(ftok(segmentFile(name).c_str(), 'Q'), 0, 0);
    shmid_ds info{};
    info.shm_perm.uid = geteuid();
    info.shm_perm.gid = getegid();
    info.shm_perm.mode = mode;
    shmctl(id, IPC_SET, &info);
}

static void setModeOfSemaphore(const std::string &name, unsigned short mode)
{
    const int id = semget(ftok(semaphoreFile(name).c_str(), 'Q'), 0, 0);
    semid_ds info{};
    info.sem_perm.uid = geteuid();
    info.sem_perm.gid = getegid();
    info.sem_perm.mode = mode;
    semctl(id, 0, IPC_SET, &info);
}

static void noPermission()
{
    situation("no-permission");
    SharedMemory owner("permission"), memory("permission");
    DO(owner, create(8));
    setModeOfSegment("permission", 0);
    setCapabilities(false);
    DO(memory, attach());
    DO(memory, attach(SharedMemory::ReadOnly));
    setModeOfSemaphore("permission", 0);
    DO(memory, attach());
    differs("living-segment", "false; PermissionDenied detached size=0", "false; AlreadyExists detached size=0");
    DO(memory, create(8));
    {
        SystemSemaphore forbidden("permission", 1);
        SHOW(forbidden);
        DO(forbidden, acquire());
    }
    setCapabilities(true);
    setModeOfSegment("permission", 0600);
    setModeOfSemaphore("permission", 0600);
    KERNEL("permission");
}

void memoryAccidents()
{
    leftover();
    creatorDies();
    removed();
    removedWhileLocked();
    allRemovedWhileLocked();
    lockRemoved();
    keyFileOnly();
    noMemory();
    noPermission();
}
