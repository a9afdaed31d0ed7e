#include "qt.h"
#include "../works.h"

#include <windows.h>

#include <map>
#include <memory>
#include <stdexcept>

namespace {

// A QSharedMemory, made as programs make it: from the name.
struct Memory
{
    SharedMemory place;

    explicit Memory(const String &name) { qt().construct(&place, name, nullptr); }
    ~Memory() { qt().destroy(&place); }
    Memory(const Memory &) = delete;
    Memory &operator=(const Memory &) = delete;
};

} // namespace

// Names are of letters and digits. The QString stays for as long as the program runs.
static String string(const std::string &name)
{
    String result;
    qt().fromUtf16(&result, std::u16string(name.begin(), name.end()).data(), static_cast<long long>(name.size()));
    return result;
}

// Throws the number of the error unless an operation on a memory succeeded.
static void check(bool ok, const Memory &memory)
{
    if (!ok)
        throw std::runtime_error("QSharedMemory::SharedMemoryError " + std::to_string(qt().error(&memory.place)));
}

static Work lock(const String &name)
{
    const auto memory = std::make_shared<Memory>(name);
    check(qt().attach(&memory->place, readWrite), *memory);
    return [memory](int times) {
        while (times-- > 0)
            check(qt().lock(&memory->place) && qt().unlock(&memory->place), *memory);
    };
}

// One object, which from Qt 6.6 on keeps the semaphore open.
static Work attach(const String &name)
{
    return [memory = std::make_shared<Memory>(name)](int times) {
        while (times-- > 0)
            check(qt().attach(&memory->place, readWrite) && qt().detach(&memory->place), *memory);
    };
}

static Work attachnew(const String &name)
{
    return [name](int times) {
        while (times-- > 0) {
            Memory memory(name);
            check(qt().attach(&memory.place, readWrite) && qt().detach(&memory.place), memory);
        }
    };
}

// A new object every time, because it is the destructor that closes the semaphore.
static Work create(const String &name)
{
    return [name](int times) {
        while (times-- > 0) {
            Memory memory(name);
            check(qt().create(&memory.place, 4096, readWrite) && qt().detach(&memory.place), memory);
        }
    };
}

static Work key(const String &)
{
    return [example = string("QSharedMemoryExample")](int times) {
        while (times-- > 0)
            Memory memory(example);
    };
}

Work prepare(const std::string &family, const std::string &work, const std::string &name)
{
    static const std::map<std::string, Work (*)(const String &)> works = {
        {"lock", lock}, {"attach", attach}, {"attachnew", attachnew}, {"create", create}, {"key", key},
    };
    const auto found = works.find(work);
    if (found == works.end() || family != "windows")
        throw std::runtime_error("no such work");
    return found->second(string(name));
}

std::string version()
{
    const FARPROC found = GetProcAddress(GetModuleHandleA("ntdll.dll"), "wine_get_version"); // in Wine alone
    const auto wine = reinterpret_cast<const char *(*)()>(reinterpret_cast<void *>(found));
    return std::string(qt().version()) + (wine ? std::string(" in Wine ") + wine() : "");
}
