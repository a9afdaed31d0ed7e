/* The families of keys, by their words in the line protocol. */
#ifndef FAMILIES_H
#define FAMILIES_H

#include "answers.h"

/* Takes a family that this system has, as the type of its keys. Another one is unsupported. */
bool type_of(const char *word, int32_t *type, struct answer *a);

/* The word of a type, which is what the text form of its keys begins with. */
const char *family_of(int32_t type);

/* Whether objects of this system can have keys of a type. */
bool is_of_this_system(int32_t type);

/* The type that QSharedMemory(QString) uses here. */
int32_t usual_type(void);

#endif
