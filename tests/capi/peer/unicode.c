#include "unicode.h"

/* How the first byte of a character begins, what follows, and the smallest character that is written so. */
static const struct {
    unsigned char mask, lead;
    size_t size;
    int32_t least;
} forms[] = {{0x80, 0x00, 1, 0}, {0xe0, 0xc0, 2, 0x80}, {0xf0, 0xe0, 3, 0x800}, {0xf8, 0xf0, 4, 0x10000}};

static const size_t form_count = sizeof forms / sizeof *forms;

static bool is_surrogate(int32_t c)
{
    return c >= 0xd800 && c <= 0xdfff;
}

int32_t take_utf8(struct bytes *text)
{
    const unsigned char *data = (const unsigned char *)text->data;
    size_t form = 0;
    while (form < form_count && (data[0] & forms[form].mask) != forms[form].lead)
        form++;
    if (form == form_count || text->size < forms[form].size)
        return -1;
    int32_t character = data[0] & ~forms[form].mask & 0xff;
    for (size_t i = 1; i < forms[form].size; i++) {
        if ((data[i] & 0xc0) != 0x80)
            return -1;
        character = character << 6 | (data[i] & 0x3f);
    }
    if (character < forms[form].least || character > 0x10ffff || is_surrogate(character))
        return -1;
    text->data += forms[form].size;
    text->size -= forms[form].size;
    return character;
}

void put_utf8(struct output *out, int32_t character)
{
    size_t form = form_count - 1;
    while (character < forms[form].least)
        form--;
    int shift = 6 * (int)(forms[form].size - 1);
    put_byte(out, forms[form].lead | character >> shift);
    while (shift > 0) {
        shift -= 6;
        put_byte(out, 0x80 | (character >> shift & 0x3f));
    }
}

static int32_t unit_at(const char *data)
{
    return (unsigned char)data[0] << 8 | (unsigned char)data[1];
}

int32_t take_utf16(struct bytes *text)
{
    int32_t unit = unit_at(text->data);
    text->data += 2;
    text->size -= 2;
    if (!is_surrogate(unit))
        return unit;
    int32_t next = text->size >= 2 ? unit_at(text->data) : 0;
    if (unit >= 0xdc00 || next < 0xdc00 || next > 0xdfff)
        return 0xfffd;
    text->data += 2;
    text->size -= 2;
    return 0x10000 + ((unit - 0xd800) << 10) + (next - 0xdc00);
}

static void put_unit(struct output *out, int32_t unit)
{
    put_byte(out, unit >> 8);
    put_byte(out, unit & 0xff);
}

void put_utf16(struct output *out, int32_t character)
{
    if (character >= 0x10000) {
        put_unit(out, 0xd800 + ((character - 0x10000) >> 10));
        character = 0xdc00 + (character & 0x3ff);
    }
    put_unit(out, character);
}
