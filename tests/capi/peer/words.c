#include "words.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define EMPTY_WORD "%"

static const char upper_case[] = "0123456789ABCDEF", lower_case[] = "0123456789abcdef";

size_t split(char *line, char **words, size_t max)
{
    size_t count = 0;
    for (char *word = line; word; count++) {
        char *end = strchr(word, ' ');
        if (end)
            *end++ = '\0';
        if (*word == '\0')
            return 0;
        if (count < max)
            words[count] = word;
        word = end;
    }
    return count;
}

static bool is_literal(char c)
{
    return c && strchr("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~", c);
}

/* Returns the byte of two digits, or -1. The digits are those of 0 to 15. */
static int byte_of(const char *pair, const char *digits)
{
    const char *high = *pair ? strchr(digits, pair[0]) : NULL;
    const char *low = high && pair[1] ? strchr(digits, pair[1]) : NULL;
    return low ? (int)((high - digits) * 16 + (low - digits)) : -1;
}

bool text_of(char *word, struct bytes *text, struct answer *a)
{
    char *to = word;
    *text = (struct bytes){word, 0};
    if (strcmp(word, EMPTY_WORD) == 0)
        return true;
    for (const char *from = word; *from; from++) {
        bool escaped = *from == '%';
        int byte = escaped ? byte_of(from + 1, upper_case) : (unsigned char)*from;
        if (byte < 0 || is_literal((char)byte) == escaped)
            return refuse(a, "Usage", "not percent-encoded: %s", from);
        *to++ = (char)byte;
        from += escaped ? 2 : 0;
    }
    text->size = (size_t)(to - word);
    return true;
}

bool string_of(char *word, struct bytes *text, struct answer *a)
{
    if (!text_of(word, text, a))
        return false;
    if (memchr(text->data, '\0', text->size))
        return unsupported(a);
    word[text->size] = '\0';
    return true;
}

bool bytes_of(char *word, struct bytes *bytes, struct answer *a)
{
    char *to = word;
    *bytes = (struct bytes){word, 0};
    if (strcmp(word, EMPTY_WORD) == 0)
        return true;
    for (const char *from = word; *from; from += 2) {
        int byte = byte_of(from, lower_case);
        if (byte < 0)
            return refuse(a, "Usage", "not lower-case hexadecimal digits: %s", from);
        *to++ = (char)byte;
    }
    bytes->size = (size_t)(to - word);
    return true;
}

bool number_of(const char *word, int bits, int64_t *number, struct answer *a)
{
    const char *digits = word + (*word == '-');
    errno = 0;
    *number = strtoll(word, NULL, 10);
    bool is_decimal = *digits && digits[strspn(digits, "0123456789")] == '\0';
    bool fits = errno == 0 && (bits == 64 || (INT32_MIN <= *number && *number <= INT32_MAX));
    return (is_decimal && fits) || refuse(a, "Usage", "not a decimal number of %d bits: %s", bits, word);
}

bool choice_of(const char *word, const char *first, const char *second, bool *is_second, struct answer *a)
{
    *is_second = strcmp(word, second) == 0;
    return *is_second || strcmp(word, first) == 0 || unsupported(a);
}

bool limit_of(const char *word, int32_t *timeout_ms, struct answer *a)
{
    int64_t ms = SHMBRIDGE_FOREVER;
    if (word && !number_of(word, 32, &ms, a))
        return false;
    *timeout_ms = (int32_t)ms;
    return !word || ms >= 0 || refuse(a, "Usage", "MS is negative");
}

static void put_digits(struct output *out, unsigned char byte, const char *digits)
{
    put_byte(out, digits[byte >> 4]);
    put_byte(out, digits[byte & 0xf]);
}

void add_text(struct answer *a, struct bytes text)
{
    put_string(&a->words, text.size == 0 ? " " EMPTY_WORD : " ");
    for (size_t i = 0; i < text.size; i++) {
        if (is_literal(text.data[i])) {
            put_byte(&a->words, text.data[i]);
        } else {
            put_byte(&a->words, '%');
            put_digits(&a->words, (unsigned char)text.data[i], upper_case);
        }
    }
}

void add_bytes(struct answer *a, struct bytes bytes)
{
    put_string(&a->words, bytes.size == 0 ? " " EMPTY_WORD : " ");
    for (size_t i = 0; i < bytes.size; i++)
        put_digits(&a->words, (unsigned char)bytes.data[i], lower_case);
}

void add_number(struct answer *a, int64_t number)
{
    char text[24];
    snprintf(text, sizeof text, " %" PRId64, number);
    put_string(&a->words, text);
}
