// NativeIpcKey and what takes it: the functions of Qt 6.6, and keys that no QString can be. Expected values are those that real
// Qt 6.8.2 and 6.11.2 give.

#include "../check.h"

#include <shmbridge_qt.hpp>

#include <cstdlib>
#include <string>
#include <type_traits>

using shmbridge::NativeIpcKey;
using shmbridge::SharedMemory;
using shmbridge::SystemSemaphore;
using Type = NativeIpcKey::Type;

static_assert(!std::is_copy_constructible_v<SharedMemory> && !std::is_copy_assignable_v<SharedMemory>);
static_assert(!std::is_copy_constructible_v<SystemSemaphore> && !std::is_copy_assignable_v<SystemSemaphore>);
static_assert(std::is_copy_constructible_v<NativeIpcKey> && std::is_default_constructible_v<NativeIpcKey>);
static_assert(static_cast<int>(Type::SystemV) == 0x51 && static_cast<int>(Type::PosixRealtime) == 0x100
              && static_cast<int>(Type::Windows) == 0x101);

static const std::string directory = std::getenv("TMPDIR");

static void text()
{
    CHECK(SharedMemory::platformSafeKey("100%").toString() == "posix:/100%25");
    CHECK(SystemSemaphore::platformSafeKey("a?b#c:d@e[f]g").toString() == "posix:/a%3Fb%23c:d@e[f]g");
    CHECK(SharedMemory::platformSafeKey(directory + "/x", Type::SystemV).toString() == "systemv:" + directory + "/x");
    const std::string rest = "testa94a8fe5ccb19ba61c4c0873d391e987982fbbd3?legacyKey=test";
    CHECK(SharedMemory::legacyNativeKey("test").toString() == "systemv:" + directory + "/qipc_sharedmemory_" + rest);
    CHECK(SystemSemaphore::legacyNativeKey("test", Type::PosixRealtime).toString() == "posix:/qipc_systemsem_" + rest);
    CHECK(NativeIpcKey("a").toString() == "posix:a");
    CHECK(NativeIpcKey("/k", static_cast<Type>(0x52)).toString() == "systemv-82:/k");

    const NativeIpcKey key = NativeIpcKey::fromString("posix:/100%25");
    CHECK(key.isValid() && !key.isEmpty());
    CHECK(key.type() == Type::PosixRealtime);
    CHECK(key.nativeKey() == "/100%");
    CHECK(key == NativeIpcKey("/100%"));
    CHECK(key != NativeIpcKey("/100%", Type::SystemV));
    CHECK(key.key().family() == shmbridge::Family::posix);
}

static void invalid()
{
    CHECK(NativeIpcKey() == NativeIpcKey(""));
    for (const char *text : {"", "systemv1:/a", "posix://a", "posix:/a?x=y"}) {
        const NativeIpcKey key = NativeIpcKey::fromString(text);
        CHECK(!key.isValid() && key.isEmpty() && key.key().handle() == nullptr);
        CHECK(key.type() == Type{} && key.nativeKey().empty() && key.toString().empty());
    }
    CHECK(SharedMemory::isKeyTypeSupported(Type::SystemV) && SharedMemory::isKeyTypeSupported(Type::PosixRealtime));
    CHECK(!SharedMemory::isKeyTypeSupported(Type::Windows) && !SystemSemaphore::isKeyTypeSupported(Type::Windows));
}

static bool contains(const std::string &text, const char *part) { return text.find(part) != text.npos; }

// Keys that cannot be are refused when they are used, with the reason.
static void refused()
{
    using namespace std::string_view_literals;
    SharedMemory memory("a\0b"sv);
    CHECK(memory.key() == "a\0b"sv && memory.nativeKey().empty());
    CHECK(!memory.create(8) && memory.error() == SharedMemory::KeyError && contains(memory.errorString(), "NUL"));
    CHECK(!memory.lock() && memory.errorString() == "SharedMemory::lock: unable to lock (not attached)");
    memory.setKey("\xff");
    CHECK(!memory.attach() && memory.error() == SharedMemory::KeyError && contains(memory.errorString(), "UTF-8"));
    memory.setNativeKey("a\0b"sv);
    CHECK(memory.key().empty() && !memory.attach() && contains(memory.errorString(), "NUL"));
    memory.setNativeKey(NativeIpcKey("x", Type::Windows));
    CHECK(!memory.attach() && memory.error() == SharedMemory::KeyError);

    SystemSemaphore semaphore("a\0b"sv, 1);
    CHECK(semaphore.error() == SystemSemaphore::KeyError && contains(semaphore.errorString(), "NUL"));
    semaphore.setNativeKey(NativeIpcKey("x", Type::Windows), 1);
    CHECK(semaphore.error() == SystemSemaphore::KeyError && semaphore.key().empty());
    SystemSemaphore none("");
    none.setNativeKey(NativeIpcKey("a\0b"sv));
    CHECK(none.error() == SystemSemaphore::KeyError && contains(none.errorString(), "NUL"));
    CHECK(!none.acquire() && contains(none.errorString(), "NUL"));
}

static void share(const NativeIpcKey &key, const char *legacyName)
{
    SharedMemory creator(key), other;
    CHECK(creator.create(8) && creator.key() == legacyName && creator.nativeIpcKey() == key);
    other.setNativeKey(NativeIpcKey::fromString(key.toString()));
    CHECK(other.attach() && other.size() == 8);
    *static_cast<char *>(creator.data()) = 'x';
    CHECK(*static_cast<const char *>(other.constData()) == 'x');
    CHECK(creator.lock() && creator.unlock());
    CHECK(other.detach() && creator.detach());
    if (key.type() == Type::PosixRealtime) { // whose segments stay, as in Qt
        CHECK(creator.attach() && *static_cast<const char *>(creator.data()) == 'x' && creator.detach());
        CHECK(shmbridge::Segment::remove(key.key()));
    }
    CHECK(!creator.attach() && creator.error() == SharedMemory::NotFound);
}

// The same key leaves the object attached, however it is given; one with another legacy key has another lock.
static void sameKey()
{
    SharedMemory memory(SharedMemory::legacyNativeKey("same"));
    CHECK(memory.create(8));
    memory.setNativeKey(NativeIpcKey::fromString(memory.nativeIpcKey().toString()));
    CHECK(memory.isAttached());
    memory.setNativeKey(memory.nativeKey());
    CHECK(!memory.isAttached() && memory.nativeKey() == SharedMemory("same").nativeKey());
    CHECK(memory.create(8));
    memory.setNativeKey(memory.nativeKey(), Type::SystemV);
    CHECK(memory.isAttached());
}

static void count(const NativeIpcKey &key, const char *legacyName)
{
    SystemSemaphore semaphore(key, 1), other(key, 5);
    CHECK(semaphore.nativeIpcKey() == key && semaphore.key() == legacyName);
    CHECK(other.acquire() && other.release(2) && semaphore.acquire() && semaphore.acquire());
    other.setNativeKey(key, 5);
    other.setNativeKey(key, 5, SystemSemaphore::Create);
    CHECK(semaphore.acquire() && other.error() == SystemSemaphore::NoError);
}

int main()
{
    text();
    invalid();
    refused();
    sameKey();
    share(SharedMemory::platformSafeKey("k"), "");
    share(SharedMemory::platformSafeKey(directory + "/k", Type::SystemV), "");
    share(SharedMemory::legacyNativeKey("k"), "k");
    share(SharedMemory::legacyNativeKey("k", Type::PosixRealtime), "k");
    count(SystemSemaphore::platformSafeKey("k"), "");
    count(SystemSemaphore::platformSafeKey(directory + "/k", Type::SystemV), "");
    count(SystemSemaphore::legacyNativeKey("k"), "k");
    count(SystemSemaphore::legacyNativeKey("k", Type::PosixRealtime), "k");
    CHECK(shmbridge_handle_count() == 0);
}
