/* What every operating system does in its own way. */
#ifndef SYSTEM_H
#define SYSTEM_H

#include <stdbool.h>

/* Sets a variable of the environment, or unsets it if value is empty; false if there can be none of that name. */
bool change_variable(const char *name, const char *value);

/* Makes standard input and output carry bytes as they are. */
void speak_bytes(void);

long process_id(void);

#endif
