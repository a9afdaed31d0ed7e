/* A glibc process for the tests: one command a line, one answer a line, "ok [NUMBER]" or "err ERRNO".
   Names are written with a "=" in front, so that they may be empty; numbers are decimal. It has at most one semaphore
   and one shared memory object at a time. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <semaphore.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#ifndef __GLIBC__
#error "this test needs glibc: it compares with glibc's own semaphores"
#endif

static sem_t *sem;
static int fd = -1;
static volatile uint8_t *mem;

static const char *word(void)
{
	char *w = strtok(NULL, " \n");
	return w ? w : "";
}

static const char *name(void) { return word() + 1; }
static long number(void) { return atol(word()); }

static int open_sem(sem_t *opened)
{
	sem = opened;
	return opened == SEM_FAILED ? -1 : 0;
}

static int create_sem(void)
{
	const char *n = name();
	mode_t mode = number();
	return open_sem(sem_open(n, O_CREAT | O_EXCL, mode, (unsigned)number()));
}

static int timed_wait(long ms)
{
	struct timespec t;
	clock_gettime(CLOCK_REALTIME, &t);
	t.tv_sec += ms / 1000;
	t.tv_nsec += ms % 1000 * 1000000;
	if (t.tv_nsec >= 1000000000) {
		t.tv_sec++;
		t.tv_nsec -= 1000000000;
	}
	return sem_timedwait(sem, &t);
}

static int value(void)
{
	int v;
	return sem_getvalue(sem, &v) ? -1 : v;
}

static int open_shm(void)
{
	const char *n = name();
	int flags = number();
	fd = shm_open(n, flags, (mode_t)number());
	return fd < 0 ? -1 : 0;
}

static int map(size_t size)
{
	void *p = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	mem = p;
	return p == MAP_FAILED ? -1 : 0;
}

static int put(long offset) { return mem[offset] = number(), 0; }

/* Adds one to the first byte of shared memory n times, each under the lock, in two steps that a second one would tear. */
static int count(long n)
{
	volatile uint32_t *counter = (volatile uint32_t *)mem;
	while (n-- > 0) {
		if (sem_wait(sem))
			return -1;
		uint32_t was = *counter;
		*counter = was + 1;
		if (sem_post(sem))
			return -1;
	}
	return 0;
}

static int obey(const char *cmd)
{
	if (!strcmp(cmd, "sizeof")) return sizeof(sem_t);
	if (!strcmp(cmd, "sem_open")) return open_sem(sem_open(name(), 0));
	if (!strcmp(cmd, "sem_create")) return create_sem();
	if (!strcmp(cmd, "sem_close")) return sem_close(sem);
	if (!strcmp(cmd, "sem_unlink")) return sem_unlink(name());
	if (!strcmp(cmd, "sem_wait")) return sem_wait(sem);
	if (!strcmp(cmd, "sem_trywait")) return sem_trywait(sem);
	if (!strcmp(cmd, "sem_timedwait")) return timed_wait(number());
	if (!strcmp(cmd, "sem_post")) return sem_post(sem);
	if (!strcmp(cmd, "sem_getvalue")) return value();
	if (!strcmp(cmd, "shm_open")) return open_shm();
	if (!strcmp(cmd, "shm_close")) return close(fd);
	if (!strcmp(cmd, "shm_unlink")) return shm_unlink(name());
	if (!strcmp(cmd, "ftruncate")) return ftruncate(fd, number());
	if (!strcmp(cmd, "mmap")) return map(number());
	if (!strcmp(cmd, "get")) return mem[number()];
	if (!strcmp(cmd, "put")) return put(number());
	if (!strcmp(cmd, "count")) return count(number());
	errno = ENOSYS;
	return -1;
}

int main(void)
{
	char line[1024];
	setvbuf(stdout, NULL, _IOLBF, 0);
	while (fgets(line, sizeof line, stdin)) {
		const char *cmd = strtok(line, " \n");
		int result = obey(cmd ? cmd : "");
		if (result < 0)
			printf("err %d\n", errno);
		else
			printf("ok %d\n", result);
	}
	return 0;
}
