#define _POSIX_C_SOURCE 200809L
#include "system.h"

#include <stdlib.h>
#include <unistd.h>

bool change_variable(const char *name, const char *value)
{
    return (*value ? setenv(name, value, 1) : unsetenv(name)) == 0;
}

void speak_bytes(void) {}

long process_id(void)
{
    return (long)getpid();
}
