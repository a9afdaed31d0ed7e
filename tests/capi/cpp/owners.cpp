// Key, Segment and Semaphore own their handles: each is closed once, by whoever has it last.
#include "objects.hpp"

#include <type_traits>

using namespace shmbridge;

template <class T> constexpr bool is_owner = sizeof(T) == sizeof(void *) && std::is_nothrow_default_constructible_v<T> &&
    std::is_nothrow_move_constructible_v<T> && std::is_nothrow_move_assignable_v<T> && std::is_nothrow_destructible_v<T> &&
    !std::is_copy_constructible_v<T> && !std::is_copy_assignable_v<T> && !std::is_convertible_v<typename T::handle_type, T>;
static_assert(is_owner<Key> && is_owner<Segment> && is_owner<Semaphore>);

template <class T> void check_owner(T first, T second)
{
    const auto count = shmbridge_handle_count();
    const auto handle = first.handle();
    CHECK(first && handle);

    T moved(std::move(first));
    CHECK(moved.handle() == handle && !first && !first.handle());
    moved = std::move(moved);
    CHECK(moved.handle() == handle);
    moved = std::move(second); // closes the first
    CHECK(moved && moved.handle() != handle && !second && shmbridge_handle_count() == count - 1);

    T adopted(moved.release());
    CHECK(!moved && adopted && shmbridge_handle_count() == count - 1);
    adopted.close();
    adopted.close();
    CHECK(!adopted && shmbridge_handle_count() == count - 2);
    first = T();
    CHECK(!first);
}

int main()
{
    for (auto type : types) {
        auto segment = random_key(Kind::segment, type), semaphore = random_key(Kind::semaphore, type);
        check_owner(random_key(Kind::segment, type), random_key(Kind::segment, type));
        auto creator = Segment::create(segment, 8, remove_last).value();
        check_owner(std::move(creator), Segment::attach(segment, remove_last).value());
        auto opener = Semaphore::open(semaphore).value();
        check_owner(std::move(opener), Semaphore::open(semaphore).value());
    }
    CHECK(shmbridge_handle_count() == 0);

    CHECK(fails(Segment::attach(Key()), SHMBRIDGE_E_HANDLE) && fails(Semaphore::open(Key()), SHMBRIDGE_E_HANDLE));
    CHECK(fails(Segment().take_lock(), SHMBRIDGE_E_HANDLE) && fails(Semaphore().take(), SHMBRIDGE_E_HANDLE));
    CHECK(fails(Segment().detach(), SHMBRIDGE_E_HANDLE) && !Segment().data() && Segment().size() == 0);
    Segment().unlock();
}
