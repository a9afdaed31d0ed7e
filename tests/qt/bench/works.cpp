#include "works.h"

#include <QSharedMemory>

#include <sys/sem.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <map>
#include <memory>
#include <stdexcept>
#include <system_error>
#include <vector>

// Throws what memory has to say unless an operation on it succeeded.
static void check(bool ok, const QSharedMemory &memory)
{
    if (!ok)
        throw std::runtime_error(memory.errorString().toStdString());
}

static std::shared_ptr<QSharedMemory> attached(const QString &name)
{
    auto memory = std::make_shared<QSharedMemory>(name);
    check(memory->attach(), *memory);
    return memory;
}

static Work lock(const QString &name)
{
    return [memory = attached(name)](int times) {
        while (times-- > 0)
            check(memory->lock() && memory->unlock(), *memory);
    };
}

// What the kernel takes of lock: the same two operations on a semaphore, and nothing else.
static Work semop(const QString &)
{
    struct Semaphore
    {
        const int id = semget(IPC_PRIVATE, 1, 0600);
        ~Semaphore() { semctl(id, 0, IPC_RMID); }

        void add(short n) const
        {
            sembuf operation = {0, n, SEM_UNDO};
            if (::semop(id, &operation, 1) != 0)
                throw std::system_error(errno, std::generic_category(), "semop");
        }
    };
    const auto semaphore = std::make_shared<Semaphore>();
    semaphore->add(1);
    return [semaphore](int times) {
        while (times-- > 0) {
            semaphore->add(-1);
            semaphore->add(1);
        }
    };
}

static Work attach(const QString &name)
{
    const auto memory = std::make_shared<QSharedMemory>(name);
    return [memory](int times) {
        while (times-- > 0)
            check(memory->attach() && memory->detach(), *memory);
    };
}

// A new object every time, because it is the destructor that removes the semaphore.
static Work create(const QString &name)
{
    return [name](int times) {
        while (times-- > 0) {
            QSharedMemory memory(name);
            check(memory.create(4096) && memory.detach(), memory);
        }
    };
}

static Work key(const QString &)
{
    return [name = QStringLiteral("QSharedMemoryExample")](int times) {
        while (times-- > 0)
            QSharedMemory memory(name);
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

    Ring(const QString &name, int start) : start(start)
    {
        for (int i = 0; i < 3; i++)
            locks[i] = attached(name + QString::number(i));
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

static Work ring(const QString &name, int start)
{
    return [ring = std::make_shared<Ring>(name, start)](int times) { ring->turn(times); };
}

static Work ring0(const QString &name) { return ring(name, 0); }
static Work ring1(const QString &name) { return ring(name, 1); }

static Work in(const QString &name)
{
    const auto memory = attached(name);
    return [memory, bytes = std::vector<char>(memory->size(), 'x')](int times) {
        while (times-- > 0)
            std::memcpy(memory->data(), bytes.data(), bytes.size());
    };
}

static Work out(const QString &name)
{
    const auto memory = attached(name);
    return [memory, bytes = std::vector<char>(memory->size(), 'x')](int times) mutable {
        while (times-- > 0)
            std::memcpy(bytes.data(), memory->constData(), bytes.size());
    };
}

Work prepare(const QString &work, const QString &name)
{
    static const std::map<QString, Work (*)(const QString &)> works = {
        {QStringLiteral("lock"), lock},   {QStringLiteral("semop"), semop}, {QStringLiteral("attach"), attach},
        {QStringLiteral("create"), create}, {QStringLiteral("key"), key},   {QStringLiteral("ring0"), ring0},
        {QStringLiteral("ring1"), ring1}, {QStringLiteral("in"), in},       {QStringLiteral("out"), out},
    };
    const auto found = works.find(work);
    if (found == works.end())
        throw std::runtime_error("no such work");
    return found->second(name);
}
