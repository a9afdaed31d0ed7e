#include "memory.h"
#include "works.h"

#include <semaphore.h>
#include <sys/mman.h>
#include <sys/sem.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <map>
#include <memory>
#include <stdexcept>
#include <system_error>
#include <vector>

[[noreturn]] static void refuse(const QSharedMemory &memory)
{
    throw std::runtime_error(memory.errorString().toStdString());
}

// Throws what memory has to say unless an operation on it succeeded. Small enough to cost no call where nanoseconds count.
static void check(bool ok, const QSharedMemory &memory)
{
    if (!ok)
        refuse(memory);
}

// Throws what errno says unless a system call succeeded.
static void check(int status, const char *call)
{
    if (status != 0)
        throw std::system_error(errno, std::generic_category(), call);
}

static std::shared_ptr<QSharedMemory> object(const Place &place)
{
    const auto memory = std::make_shared<Memory>(place);
    return {memory, &memory->qt};
}

static std::shared_ptr<QSharedMemory> attached(const Place &place)
{
    auto memory = object(place);
    check(memory->attach(), *memory);
    return memory;
}

static Work lock(const Place &place)
{
    return [memory = attached(place)](int times) {
        while (times-- > 0)
            check(memory->lock() && memory->unlock(), *memory);
    };
}

namespace {

struct Semaphore
{
    const int id = semget(IPC_PRIVATE, 1, 0600);
    ~Semaphore() { semctl(id, 0, IPC_RMID); }

    int operate(short n, short flags) const
    {
        sembuf operation = {0, n, short(SEM_UNDO | flags)};
        return ::semop(id, &operation, 1);
    }
    void add(short n) const { check(operate(n, 0), "semop"); }
};

} // namespace

// What the kernel takes of lock on System V: the same two operations on a semaphore, and nothing else.
static Work semop(const Place &)
{
    const auto semaphore = std::make_shared<Semaphore>();
    semaphore->add(1);
    return [semaphore](int times) {
        while (times-- > 0) {
            semaphore->add(-1);
            semaphore->add(1);
        }
    };
}

// What the kernel takes of trying to take a lock that is held.
static Work semopheld(const Place &)
{
    return [semaphore = std::make_shared<Semaphore>()](int times) {
        while (times-- > 0)
            check(semaphore->operate(-1, IPC_NOWAIT) != 0 && errno == EAGAIN ? 0 : -1, "semop");
    };
}

// What glibc takes of lock on POSIX.
static Work sem(const Place &)
{
    const auto semaphore = std::make_shared<sem_t>();
    check(sem_init(semaphore.get(), 1, 1), "sem_init");
    return [semaphore](int times) {
        while (times-- > 0) {
            check(sem_wait(semaphore.get()), "sem_wait");
            check(sem_post(semaphore.get()), "sem_post");
        }
    };
}

// One object, which keeps the semaphore open.
static Work attach(const Place &place)
{
    return [memory = object(place)](int times) {
        while (times-- > 0)
            check(memory->attach() && memory->detach(), *memory);
    };
}

static Work attachnew(const Place &place)
{
    return [place](int times) {
        while (times-- > 0) {
            Memory memory(place);
            check(memory.qt.attach() && memory.qt.detach(), memory.qt);
        }
    };
}

// A new object every time, because it is the destructor that removes the semaphore. A POSIX segment is removed by nothing
// in Qt.
static Work create(const Place &place)
{
    return [place, name = object(place)->nativeKey().toUtf8()](int times) {
        while (times-- > 0) {
            Memory memory(place);
            check(memory.qt.create(4096) && memory.qt.detach(), memory.qt);
            if (place.posix)
                check(shm_unlink(name), "shm_unlink");
        }
    };
}

static Work key(const Place &place)
{
    return [example = Place{place.posix, QStringLiteral("QSharedMemoryExample")}](int times) {
        while (times-- > 0)
            Memory memory(example);
    };
}

static Work derive(const Place &)
{
    return [name = QStringLiteral("QSharedMemoryExample")](int times) {
        while (times-- > 0)
            derivePosixKey(name);
    };
}

namespace {

// Two processes hand over locks in a ring of three. Each holds one and wants the next, which the other has: it waits
// until the other, having got the one after that, gives it up. So every lock() waits for the other's unlock(), which a
// single lock cannot enforce: whoever gives it back may take it again.
struct Ring
{
    std::array<std::shared_ptr<QSharedMemory>, 3> locks;
    int start;

    Ring(const Place &place, int start) : start(start)
    {
        for (int i = 0; i < 3; i++)
            locks[i] = attached({place.posix, place.name + QString::number(i)});
    }
    ~Ring() { locks[start]->unlock(); }

    void turn(int times) const
    {
        if (times == 0) // all are attached, which takes the locks: take up position
            check(locks[start]->lock(), *locks[start]);
        for (int i = start; i < start + 3 * times; i++) {
            QSharedMemory &next = *locks[(i + 1) % 3];
            QSharedMemory &held = *locks[i % 3];
            check(next.lock(), next);
            check(held.unlock(), held);
        }
    }
};

} // namespace

static Work ring(const Place &place, int start)
{
    return [ring = std::make_shared<Ring>(place, start)](int times) { ring->turn(times); };
}

static Work ring0(const Place &place) { return ring(place, 0); }
static Work ring1(const Place &place) { return ring(place, 1); }

static Work in(const Place &place)
{
    const auto memory = attached(place);
    return [memory, bytes = std::vector<char>(memory->size(), 'x')](int times) {
        while (times-- > 0)
            std::memcpy(memory->data(), bytes.data(), bytes.size());
    };
}

static Work out(const Place &place)
{
    const auto memory = attached(place);
    return [memory, bytes = std::vector<char>(memory->size(), 'x')](int times) mutable {
        while (times-- > 0)
            std::memcpy(bytes.data(), memory->constData(), bytes.size());
    };
}

static Work data(const Place &place)
{
    return [memory = attached(place)](int times) {
        while (times-- > 0)
            check(memory->constData() != nullptr, *memory);
    };
}

static Work size(const Place &place)
{
    return [memory = attached(place)](int times) {
        while (times-- > 0)
            check(memory->size() > 0, *memory);
    };
}

Work prepare(const std::string &family, const std::string &work, const std::string &name)
{
    static const std::map<std::string, Work (*)(const Place &)> works = {
        {"lock", lock},     {"semop", semop},         {"sem", sem},       {"semopheld", semopheld},
        {"attach", attach}, {"attachnew", attachnew}, {"create", create}, {"key", key},
        {"derive", derive}, {"ring0", ring0},         {"ring1", ring1},   {"in", in},
        {"out", out},       {"data", data},           {"size", size},
    };
    const auto found = works.find(work);
    if (found == works.end() || (family != "systemv" && family != "posix"))
        throw std::runtime_error("no such work");
    return found->second({family == "posix", QString::fromStdString(name)});
}

std::string version() { return qVersion(); }
