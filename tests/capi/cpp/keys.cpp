// Every way to make a Key, and what it says; and Result.
#include "objects.hpp"

using namespace shmbridge;

static void check_making()
{
    auto legacy = Key::legacy(Kind::segment, "test", Type::posix).value();
    CHECK(legacy.text() == "posix:/qipc_sharedmemory_testa94a8fe5ccb19ba61c4c0873d391e987982fbbd3?legacyKey=test");
    CHECK(legacy.native_name() == "/qipc_sharedmemory_testa94a8fe5ccb19ba61c4c0873d391e987982fbbd3" && legacy.legacy_name() == "test");
    CHECK(legacy.type() == Type::posix && legacy.family() == Family::posix);
    CHECK(Key::legacy(Kind::segment, "test")->type() == Type::systemv);
    CHECK(Key::legacy(Kind::semaphore, "test", Type::posix)->native_name() == "/qipc_systemsem_testa94a8fe5ccb19ba61c4c0873d391e987982fbbd3");
    CHECK(Key::safe(Kind::segment, "test")->text() == "posix:/test" && Key::safe(Kind::segment, "test", Type::systemv)->family() == Family::systemv);
    CHECK(Key::parse(legacy.text().c_str()).value() == legacy);
    CHECK(Key::native("/x", static_cast<Type>(7))->text() == "systemv-7:/x" && *Key::native("/x") != legacy);
    CHECK(*Key::native("/x") == *Key::native("/x", Type::legacy, "5.7.1") && *Key::native("/x") != *Key::native("/y"));
    CHECK(Key::native("/x", Type::legacy, "5.7.1") && Key::parse("posix:/x", "6.6.0") && Key::safe(Kind::segment, "x", Type::legacy, "6.8.3"));

    CHECK(fails(Key::legacy(Kind::segment, ""), SHMBRIDGE_E_KEY) && fails(Key::legacy(Kind::segment, nullptr), SHMBRIDGE_E_ARGUMENT));
    CHECK(fails(Key::safe(Kind::segment, "\xff"), SHMBRIDGE_E_UTF8) && fails(Key::parse("x"), SHMBRIDGE_E_KEY));
    CHECK(fails(Key::native("/x", static_cast<Type>(0x102)), SHMBRIDGE_E_RANGE) && fails(Key::find("x", "3.3"), SHMBRIDGE_E_RANGE));
    CHECK(Key().text().empty() && Key().native_name().empty() && Key().legacy_name().empty() && Key() == Key());
    CHECK(Key().type() == Type::legacy && Key().family() == Family{});
}

static void check_finding()
{
    auto key = random_key(Kind::segment, Type::posix);
    CHECK(fails(Key::find(key.legacy_name().c_str()), SHMBRIDGE_E_NOT_FOUND));
    auto segment = Segment::create(key, 8, remove_last).value();
    CHECK(Key::find(key.legacy_name().c_str()).value() == key);
}

static void check_results()
{
    Result<Key> good = Key::native("/x"), bad = Key::parse("x");
    const Error &error = bad.error();
    CHECK(good && !bad && good->text() == (*good).text() && good.value().text() == "systemv:/x");
    CHECK(error.name() == std::string("SHMBRIDGE_E_KEY") && error.os_error() == 0);
    CHECK(thrown([&] { bad.value(); }) == SHMBRIDGE_E_KEY && thrown([&] { good.value(); }) == 0);
    CHECK(thrown([&] { std::move(bad).value(); }) == SHMBRIDGE_E_KEY);
    const Result<Key> &constant = good;
    CHECK(constant->text() == (*constant).text() && &constant.value() == &*constant);
    CHECK(thrown([&] { static_cast<const Result<Key> &>(bad).value(); }) == SHMBRIDGE_E_KEY);
    Key moved = *std::move(good);
    CHECK(moved && !*good);
    good = std::move(moved);
    auto taken = std::move(good).value();
    CHECK(taken && !*good);

    Error filled;
    CHECK(filled.code() == SHMBRIDGE_OK && filled.message()[0] == '\0');
    CHECK(filled.fill(shmbridge_key_close, nullptr) == SHMBRIDGE_E_HANDLE && filled.code() == SHMBRIDGE_E_HANDLE);
    CHECK(filled.message()[0] != '\0');
    CHECK(filled.fill([](shmbridge_error *e) { return e->os_error = 4, SHMBRIDGE_OK; }) == SHMBRIDGE_OK && filled.os_error() == 4);
}

int main()
{
    check_making();
    check_finding();
    check_results();
    CHECK(shmbridge_handle_count() == 0);
}
