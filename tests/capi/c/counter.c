/*
 * An ordinary variable in the segment, counted up under the lock by many threads at once, is exact:
 *   counter TYPE PROCESSES HANDLES THREADS ROUNDS
 * with so many processes, handles in each of them, and threads with each handle.
 */
#define _GNU_SOURCE

#include "process.h"
#include "thread.h"

#define MOST 64

/* What is in the segment. */
struct work {
    uint64_t counter;
    int processes, handles, threads, rounds;
};

/* Now and then it holds the lock for a millisecond, so that others have to wait and the library goes its long way too. */
static void *count(void *argument)
{
    shmbridge_segment *segment = argument;
    struct work *work = shmbridge_segment_data(segment);
    for (int i = 0; i < work->rounds; i++) {
        EXPECT(SHMBRIDGE_OK, shmbridge_segment_lock(segment, SHMBRIDGE_FOREVER, NULL));
        work->counter++;
        if (i % 256 == 255) {
            EXPECT(SHMBRIDGE_E_TIMEOUT, shmbridge_segment_lock(segment, 1, NULL));
        }
        EXPECT(SHMBRIDGE_OK, shmbridge_segment_unlock(segment, NULL));
    }
    return NULL;
}

static void count_in_threads(shmbridge_segment *const *segments, const struct work *work)
{
    pthread_t threads[MOST];
    int n = work->handles * work->threads;
    CHECK(n <= MOST);
    for (int i = 0; i < n; i++) {
        threads[i] = start(count, segments[i % work->handles]);
    }
    for (int i = 0; i < n; i++) {
        join(threads[i]);
    }
}

static int count_in_another_process(const char *text)
{
    shmbridge_segment *segments[MOST] = {attach(parse(text))};
    const struct work *work = shmbridge_segment_data(segments[0]);
    int handles = work->handles;
    for (int i = 1; i < handles; i++) {
        segments[i] = attach(parse(text));
    }
    say();
    listen_for_the_end();
    count_in_threads(segments, work);
    for (int i = 0; i < handles; i++) {
        EXPECT(SHMBRIDGE_OK, shmbridge_segment_detach(segments[i], SHMBRIDGE_FOREVER, NULL));
    }
    return 0;
}

static void count_in_all_processes(const shmbridge_key *key, struct work *work)
{
    struct process processes[MOST];
    CHECK(work->processes <= MOST);
    for (int i = 0; i < work->processes; i++) {
        processes[i] = start_process("count", key);
        await(&processes[i]);
    }
    for (int i = 0; i < work->processes; i++) {
        let_go_on(&processes[i]);
    }
    for (int i = 0; i < work->processes; i++) {
        ended(&processes[i]);
    }
    uint64_t want = (uint64_t)work->processes * (uint64_t)work->handles * (uint64_t)work->threads * (uint64_t)work->rounds;
    fprintf(stderr, "%llu of %llu\n", (unsigned long long)work->counter, (unsigned long long)want);
    CHECK(work->counter == want);
}

static int number(const char *argument)
{
    int n = atoi(argument);
    CHECK(n > 0);
    return n;
}

int main(int argc, char **argv)
{
    if (argc == 3) {
        return count_in_another_process(argv[2]);
    }
    CHECK(argc == 6);
    shmbridge_key *key = random_key(SHMBRIDGE_SEGMENT, (int32_t)strtol(argv[1], NULL, 0));
    shmbridge_segment *segment = create(key, sizeof(struct work));
    struct work *work = shmbridge_segment_data(segment);
    *work = (struct work){0, number(argv[2]), number(argv[3]), number(argv[4]), number(argv[5])};
    count_in_all_processes(key, work);
    discard(key, segment);
    EXPECT(SHMBRIDGE_OK, shmbridge_key_close(key, NULL));
    CHECK(shmbridge_handle_count() == 0);
    return 0;
}
