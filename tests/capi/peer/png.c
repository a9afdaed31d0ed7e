#include "png.h"
#include "stream.h"

#include <string.h>

static const char signature[] = "\x89PNG\r\n\x1a\n";
static const size_t signature_size = sizeof signature - 1;

bool size_of_png(struct bytes bytes, size_t *size, struct answer *a)
{
    if (bytes.size < signature_size || memcmp(bytes.data, signature, signature_size) != 0)
        return refuse(a, "BadData", "no PNG file begins so");
    struct bytes rest = {bytes.data + signature_size, bytes.size - signature_size};
    bool first = true, last = false;
    while (!last) {
        uint32_t length;
        if (!take_uint32(&rest, &length, a))
            return false;
        if (rest.size < 8 || length > INT32_MAX || length > rest.size - 8) /* the type, the data, the checksum */
            return refuse(a, "BadData", "a PNG file without its end");
        if (first && memcmp(rest.data, "IHDR", 4) != 0)
            return refuse(a, "BadData", "a PNG file without its header");
        first = false;
        last = memcmp(rest.data, "IEND", 4) == 0;
        rest.data += 8 + length;
        rest.size -= 8 + (size_t)length;
    }
    *size = bytes.size - rest.size;
    return true;
}
