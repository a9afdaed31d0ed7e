#include "system.h"

#include <fcntl.h>
#include <io.h>
#include <stdio.h>
#include <string.h>
#include <windows.h>

bool change_variable(const char *name, const char *value)
{
    return *name && !strchr(name, '=') && (SetEnvironmentVariableA(name, *value ? value : NULL) || !*value);
}

void speak_bytes(void)
{
    _setmode(_fileno(stdin), _O_BINARY);
    _setmode(_fileno(stdout), _O_BINARY);
}

long process_id(void)
{
    return (long)GetCurrentProcessId();
}
