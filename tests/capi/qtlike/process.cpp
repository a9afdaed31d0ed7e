#include "script.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/ipc.h>
#include <sys/sem.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>
#include <iostream>
#include <optional>

// What a child is told to do, a word each, and its answers, a line each; "stop" is answered with an empty line.

static bool step(const std::string &word, SharedMemory &memory, std::optional<SystemSemaphore> &semaphore, const std::string &name)
{
    if (word == "create")
        return memory.create(8);
    if (word == "attach")
        return memory.attach();
    if (word == "detach")
        return memory.detach();
    if (word == "lock")
        return memory.lock();
    if (word == "unlock")
        return memory.unlock();
    if (word == "open")
        return semaphore.emplace(text(name)).error() == SystemSemaphore::NoError;
    if (word == "acquire")
        return semaphore->acquire();
    return semaphore->release(std::atoi(word.c_str()));
}

int childMain(int argc, char **argv)
{
    const std::string name = argv[1];
    SharedMemory memory(text(name));
    std::optional<SystemSemaphore> semaphore;
    for (int i = 2; i < argc; ++i) {
        const std::string word = argv[i];
        if (word == "die")
            _exit(0);
        if (word == "stop") {
            std::cout << std::endl;
            std::cin.get();
        } else {
            std::cout << word << '\t' << result(step(word, memory, semaphore, name)) << std::endl;
        }
    }
    return 0;
}

Process::Process(const std::string &name, std::vector<const char *> words)
{
    int command[2], answer[2];
    posix_spawn_file_actions_t actions;
    if (pipe2(command, O_CLOEXEC) != 0 || pipe2(answer, O_CLOEXEC) != 0 || posix_spawn_file_actions_init(&actions) != 0)
        abort();
    posix_spawn_file_actions_adddup2(&actions, command[0], 0);
    posix_spawn_file_actions_adddup2(&actions, answer[1], 1);
    words.insert(words.begin(), {"child", name.c_str()});
    words.push_back(nullptr);
    if (posix_spawn(&pid, "/proc/self/exe", &actions, nullptr, const_cast<char **>(words.data()), environ) != 0)
        abort();
    posix_spawn_file_actions_destroy(&actions);
    close(command[0]);
    close(answer[1]);
    in = command[1];
    out = answer[0];
    answers();
}

Process::~Process()
{
    close(in); // a child that has stopped goes on
    answers();
    close(out);
    waitpid(pid, nullptr, 0);
}

void Process::go()
{
    if (write(in, "\n", 1) != 1)
        abort();
}

std::string Process::awaits(const std::string &file)
{
    for (;;) {
        const int id = semget(ftok(file.c_str(), 'Q'), 0, 0);
        if (semctl(id, 0, GETNCNT) + semctl(id, 0, GETZCNT) > 0)
            return "waits";
        siginfo_t info{};
        if (waitid(P_PID, static_cast<id_t>(pid), &info, WEXITED | WNOHANG | WNOWAIT) == 0 && info.si_pid == pid)
            return "ends";
    }
}

void Process::kill()
{
    ::kill(pid, SIGKILL);
    siginfo_t info;
    waitid(P_PID, static_cast<id_t>(pid), &info, WEXITED | WNOWAIT);
}

void Process::answers()
{
    std::string answer;
    char c;
    while (read(out, &c, 1) == 1) {
        if (c != '\n') {
            answer += c;
            continue;
        }
        if (answer.empty())
            return;
        const size_t tab = answer.find('\t');
        line("child " + answer.substr(0, tab), answer.substr(tab + 1));
        answer.clear();
    }
}
