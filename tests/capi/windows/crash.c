/* A process that is killed: Windows forgets its segment, unless others have it open; the lock that it held stays taken for these. */
#include "../c/process.h"

static int hold(const char *text, bool create_it)
{
    shmbridge_key *key = parse(text);
    shmbridge_segment *segment = create_it ? create(key, 8) : attach(key);
    EXPECT(SHMBRIDGE_OK, shmbridge_segment_lock(segment, 0, NULL));
    say();
    listen_for_the_end();
    return 1; /* it is killed before that */
}

static void alone(const shmbridge_key *key)
{
    struct process creator = start_process("create", key);
    await(&creator);
    CHECK(segment_info(key).exists && segment_info(key).lock_value == 0);
    kill_process(&creator);
    CHECK(!segment_info(key).exists && !segment_info(key).lock_exists);
}

static void with_others(const shmbridge_key *key)
{
    shmbridge_segment *segment = create(key, 8);
    struct process holder = start_process("attach", key);
    await(&holder);
    kill_process(&holder);
    shmbridge_error err = SHMBRIDGE_ERROR_INIT;
    EXPECT(SHMBRIDGE_E_TIMEOUT, shmbridge_segment_lock(segment, 50, &err));
    CHECK(strstr(err.message, "died") != NULL);
    CHECK(segment_info(key).lock_value == 0);
    EXPECT(SHMBRIDGE_OK, shmbridge_segment_detach(segment, 0, NULL));
    CHECK(!segment_info(key).exists && !segment_info(key).lock_exists);
}

int main(int argc, char **argv)
{
    if (argc == 3) {
        return hold(argv[2], strcmp(argv[1], "create") == 0);
    }
    shmbridge_key *key = random_key(SHMBRIDGE_SEGMENT, SHMBRIDGE_TYPE_LEGACY);
    alone(key);
    with_others(key);
    return 0; /* Windows closes what is still open */
}
