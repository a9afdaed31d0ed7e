#include "script.h"

#include <sys/ipc.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <unistd.h>

#include <cstdint>
#include <cstdio>
#include <fstream>
#include <sstream>

static std::string orNone(int value) { return value < 0 ? "none" : std::to_string(value); }

static std::string fileState(const std::string &path) { return access(path.c_str(), F_OK) == 0 ? " file" : " no-file"; }

static int segmentId(const std::string &file) { return shmget(ftok(file.c_str(), 'Q'), 0, 0); }

static int semaphoreId(const std::string &file) { return semget(ftok(file.c_str(), 'Q'), 0, 0); }

std::string segmentFile(const std::string &name)
{
    return plain(SharedMemory(text(name)).nativeKey());
}

std::string semaphoreFile(const std::string &name)
{
    const std::string memory = "sharedmemory", semaphore = "systemsem";
    std::string path = segmentFile(name);
    return path.replace(path.find(memory), memory.size(), semaphore);
}

std::string kernelSemaphore(const std::string &name)
{
    const std::string file = semaphoreFile(name);
    return orNone(semctl(semaphoreId(file), 0, GETVAL)) + fileState(file);
}

std::string kernel(const std::string &name)
{
    const std::string file = segmentFile(name);
    shmid_ds info;
    const int attached = shmctl(segmentId(file), IPC_STAT, &info) < 0 ? -1 : static_cast<int>(info.shm_nattch);
    return "attachments=" + orNone(attached) + fileState(file) + " lock=" + kernelSemaphore(name);
}

std::string mapping(const void *address)
{
    std::ostringstream start;
    start << std::hex << reinterpret_cast<std::uintptr_t>(address) << '-';
    std::ifstream maps("/proc/self/maps");
    for (std::string range, rest; maps >> range && std::getline(maps, rest);) {
        if (range.compare(0, start.str().size(), start.str()) == 0)
            return rest.substr(1, 4);
    }
    return "none";
}

void removeSegment(const std::string &name)
{
    shmctl(segmentId(segmentFile(name)), IPC_RMID, nullptr);
}

void removeSemaphore(const std::string &name)
{
    const std::string file = semaphoreFile(name);
    const int id = semaphoreId(file);
    std::remove(file.c_str()); // first, as Qt does: nobody finds the key of what is about to go
    semctl(id, 0, IPC_RMID);
}
