// qtbench systemv|posix|windows WORK NAME, qtstream stream WORK NAME: prepares the work and says "ready VERSION"; then, for every
// number on standard input, does it that many times and answers with the nanoseconds that this took. The first number is 0. Ends
// with its input.
#include "works.h"

#include <chrono>
#include <cstdio>
#include <exception>
#include <iostream>

int main(int argc, char *argv[])
try {
    if (argc != 4) {
        std::fprintf(stderr, "usage: %s systemv|posix|windows|stream WORK NAME\n", argv[0]);
        return 1;
    }
    const auto work = prepare(argv[1], argv[2], argv[3]);
    std::cout << "ready " << version() << std::endl;
    int times = 0;
    while (std::cin >> times) {
        const auto start = std::chrono::steady_clock::now();
        work(times);
        const std::chrono::nanoseconds taken = std::chrono::steady_clock::now() - start;
        std::cout << taken.count() << std::endl;
    }
    return 0;
} catch (const std::exception &e) {
    std::fprintf(stderr, "%s %s %s: %s\n", argv[0], argv[1], argv[2], e.what());
    return 1;
}
