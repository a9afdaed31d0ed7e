/* The structure of a PNG file. */
#ifndef PNG_H
#define PNG_H

#include "words.h"

/* Finds the end of the PNG file at the start of bytes: its chunks are followed to IEND. What they hold is not looked at. */
bool size_of_png(struct bytes bytes, size_t *size, struct answer *a);

#endif
