/* What the C and the Go side of libshmbridge have in common. */
#ifndef SHMBRIDGE_CAPI_H
#define SHMBRIDGE_CAPI_H

#include "shmbridge.h"

/* cgo knows no const. */
typedef const char shmbridge_cchar;
typedef const void shmbridge_cvoid;

#endif
