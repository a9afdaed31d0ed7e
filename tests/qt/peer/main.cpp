// A real Qt that carries out the commands of tests/interop/PROTOCOL.md, one by one, until its input ends.
#include "commands.h"

#include <QCoreApplication>

#include <iostream>
#include <string>

int main(int argc, char *argv[])
{
    std::ios::sync_with_stdio(false);
    const QCoreApplication application(argc, argv);
    Peer peer;
    std::string line;
    // A last line without its line break was cut off, so it is not carried out.
    while (!peer.ended && std::getline(std::cin, line) && !std::cin.eof())
        std::cout << carryOut(peer, QByteArray::fromStdString(line)).toStdString() << std::endl;
    return 0;
}
