#include "answers.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

/* Makes one line of a text: names in it can have any characters. */
static void flatten(char *text)
{
    for (; *text; text++)
        if ((unsigned char)*text < ' ')
            *text = ' ';
}

bool refuse(struct answer *a, const char *code, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(a->text, sizeof a->text, format, arguments);
    va_end(arguments);
    flatten(a->text);
    a->code = code;
    return false;
}

bool unsupported(struct answer *a)
{
    a->code = "";
    return false;
}

/* The CODEs of the library's errors. What is missing is UnknownError. */
static const struct {
    int32_t error;
    const char *code;
} codes[] = {
    {SHMBRIDGE_E_PERMISSION, "PermissionDenied"},
    {SHMBRIDGE_E_SIZE, "InvalidSize"},
    {SHMBRIDGE_E_KEY, "KeyError"},
    {SHMBRIDGE_E_EXISTS, "AlreadyExists"},
    {SHMBRIDGE_E_NOT_FOUND, "NotFound"},
    {SHMBRIDGE_E_LOCK, "LockError"},
    {SHMBRIDGE_E_RESOURCES, "OutOfResources"},
    {SHMBRIDGE_E_TIMEOUT, "Timeout"},
    {SHMBRIDGE_E_NOT_LOCKED, "NotLocked"},
    {SHMBRIDGE_E_READ_ONLY, "ReadOnly"},
    {SHMBRIDGE_E_IN_USE, "Busy"},
    {SHMBRIDGE_E_LOCK_LOST, "LockLost"},
    {SHMBRIDGE_E_RANGE, "Range"},
    {SHMBRIDGE_E_UTF8, "Usage"},
};

bool succeeded(int32_t result, const shmbridge_error *err, struct answer *a)
{
    if (result == SHMBRIDGE_OK)
        return true;
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        if (codes[i].error == result)
            return refuse(a, codes[i].code, "%s", err->message);
    return refuse(a, "UnknownError", "%s", err->message);
}
