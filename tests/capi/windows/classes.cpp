// shmbridge.hpp and shmbridge_qt.hpp on Windows.
#include "../cpp/objects.hpp"

#include <cstring>

using namespace shmbridge;
using namespace std::chrono_literals;

static std::string some_name() { return "cpptest" + std::to_string(std::random_device()()) + std::to_string(std::random_device()()); }

static void check_keys()
{
    const auto legacy = Key::legacy(Kind::segment, "test").value();
    CHECK(legacy.text() == "windows:qipc_sharedmemory_testa94a8fe5ccb19ba61c4c0873d391e987982fbbd3?legacyKey=test");
    CHECK(legacy.type() == Type::windows && legacy.family() == Family::windows && Key::parse(legacy.text().c_str()).value() == legacy);
    CHECK(Key::safe(Kind::segment, "test")->text() == "windows:shm_test" && Key::native("x")->text() == "windows:x");
    CHECK(fails(Segment::attach(Key::parse("posix:/x").value()), SHMBRIDGE_E_UNSUPPORTED));
}

static void check_segments()
{
    const Key key = random_key(Kind::segment, Type::legacy);
    auto segment = Segment::create(key, 5000).value();
    CHECK(segment.size() == 8192 && segment.requested_size() == 5000 && Segment().requested_size() == 0);
    CHECK(Segment::attach(key)->requested_size() == 8192);
    CHECK(segment.write(0, "text", 5).value() == 5 && segment.write(8190, "text", 5).value() == 2);
    CHECK(std::strcmp(static_cast<const char *>(Segment::attach(key, read_only)->data()), "text") == 0);
    CHECK(Segment::stat(key)->size == 8192 && Segment::stat(key)->lock_waiting == -1);
    CHECK(fails(Segment::remove(key), SHMBRIDGE_E_IN_USE) && segment.detach());
    const auto gone = Segment::attach(key);
    CHECK(fails(gone, SHMBRIDGE_E_NOT_FOUND) && gone.error().os_error() == 2); // ERROR_FILE_NOT_FOUND
}

static void check_semaphores()
{
    const Key key = random_key(Kind::semaphore, Type::legacy);
    auto first = Semaphore::open(key, 2).value();
    auto second = Semaphore::open(key, 7, take_over).value();
    second.acquire();
    CHECK(first.try_acquire() && !first.try_acquire() && fails(second.take(1ms), SHMBRIDGE_E_TIMEOUT) && first.give(3));
    first.close();
    CHECK(Semaphore::stat(key)->value == 3 && fails(second.give(-1), SHMBRIDGE_E_RANGE));
    second.close();
    CHECK(!Semaphore::stat(key)->exists);
}

static void check_shared_memory()
{
    using Memory = SharedMemory;
    const std::string name = some_name();
    static_assert(NativeIpcKey::DefaultTypeForOs == NativeIpcKey::Type::Windows);
    CHECK(Memory::isKeyTypeSupported(NativeIpcKey::Type::Windows) && !Memory::isKeyTypeSupported(NativeIpcKey::Type::SystemV));
    CHECK(!Memory::isKeyTypeSupported(NativeIpcKey::Type::PosixRealtime));
    Memory creator(name), other(name);
    CHECK(!other.attach() && other.error() == Memory::NotFound);
    CHECK(creator.create(1) && creator.size() == 4096 && creator.isAttached());
    CHECK(!other.create(1) && other.error() == Memory::AlreadyExists && other.attach(Memory::ReadOnly) && other.size() == 4096);
    CHECK(creator.nativeKey() == Memory::legacyNativeKey(name).nativeKey() && creator.nativeIpcKey().type() == NativeIpcKey::Type::Windows);
    CHECK(creator.lock() && creator.lock() && creator.unlock() && !creator.unlock() && other.lock() && other.unlock());
    std::strcpy(static_cast<char *>(creator.data()), "kept");
    CHECK(creator.detach() && std::strcmp(static_cast<const char *>(other.constData()), "kept") == 0);
    CHECK(creator.attach() && other.detach() && creator.detach() && !other.attach() && other.error() == Memory::NotFound);
}

static void check_system_semaphore()
{
    const std::string name = some_name();
    SystemSemaphore one(name, 1, SystemSemaphore::Create), two(name, 5, SystemSemaphore::Create);
    CHECK(one.error() == SystemSemaphore::NoError && one.acquire() && two.release(2) && one.acquire() && one.acquire());
    CHECK(Semaphore::stat(SystemSemaphore::legacyNativeKey(name).key())->value == 0);
    SystemSemaphore none("");
    CHECK(!none.acquire() && none.error() == SystemSemaphore::KeyError);
}

int main()
{
    check_keys();
    check_segments();
    check_semaphores();
    check_shared_memory();
    check_system_semaphore();
    CHECK(shmbridge_handle_count() == 0);
}
