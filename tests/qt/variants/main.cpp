// Reads requests on standard input and answers each on standard output; both are a quint32 of their size and the size's bytes,
// which are of QDataStream with version Qt_5_0. A request asks for a QVariant to be streamed:
//
//     qint32 version, qint8 order, qint8 precision: how
//     quint32 seed: for a random QVariant; 0 for the one that was written by the program that asks
//     QByteArray given, QByteArray newest: as that was written, and in the newest version, of the default order and precision
//
// The answer, with given and newest as they are or as the random QVariant is written:
//
//     QByteArray given, QByteArray newest
//     qint8 status: that of the stream after reading given; 0x80 is added if bytes are left
//     qint8 equal: whether given and newest are read as equal values: 0 no, 1 yes, 2 the value does not even equal itself
//     QByteArray again: what was read from given, written again
//     QByteArray text, QByteArray newestText: what was read, in JSON
//
// The program first writes one answer: QByteArray version of Qt, qint32 newest version, QByteArray names of types, one a line.
#include "random.h"
#include "text_variant.h"

#include <QDataStream>
#include <QGuiApplication>
#include <QIODevice>
#include <QtEndian>

#include <cstdio>

namespace {

struct Setting
{
    qint32 version = QDataStream().version();
    qint8 order = QDataStream::BigEndian;
    qint8 precision = QDataStream::DoublePrecision;

    void apply(QDataStream &stream) const
    {
        stream.setVersion(version);
        stream.setByteOrder(QDataStream::ByteOrder(order));
        stream.setFloatingPointPrecision(QDataStream::FloatingPointPrecision(precision));
    }
};

QByteArray written(const QVariant &value, const Setting &setting)
{
    QByteArray bytes;
    QDataStream out(&bytes, QIODevice::WriteOnly);
    setting.apply(out);
    out << value;
    return bytes;
}

QVariant readFrom(const QByteArray &bytes, const Setting &setting, qint8 *status = nullptr)
{
    QDataStream in(bytes);
    setting.apply(in);
    QVariant value;
    in >> value;
    if (status)
        *status = qint8(in.status() | (in.atEnd() ? 0 : 0x80));
    return value;
}

bool receive(QByteArray &request)
{
    uchar size[4];
    if (std::fread(size, sizeof size, 1, stdin) != 1)
        return false;
    request.resize(qFromBigEndian<qint32>(size));
    return std::fread(request.data(), size_t(request.size()), 1, stdin) == 1;
}

void send(const QByteArray &answer)
{
    uchar size[4];
    qToBigEndian(qint32(answer.size()), size);
    std::fwrite(size, sizeof size, 1, stdout);
    std::fwrite(answer.data(), size_t(answer.size()), 1, stdout);
    std::fflush(stdout);
}

QByteArray greeting()
{
    QByteArray names;
    const auto types = variants::texts();
    for (auto i = types.begin(); i != types.end(); ++i)
        names += QMetaType(i.key()).name() + QByteArray("\n");
    QByteArray bytes;
    QDataStream out(&bytes, QIODevice::WriteOnly);
    Setting{QDataStream::Qt_5_0}.apply(out);
    out << QByteArray(qVersion()) << QDataStream().version() << names;
    return bytes;
}

QByteArray answer(const QByteArray &request, const QList<Maker> &makers)
{
    const Setting newestSetting, frame{QDataStream::Qt_5_0};
    Setting setting;
    quint32 seed;
    QByteArray given, newest, bytes;
    QDataStream in(request), out(&bytes, QIODevice::WriteOnly);
    frame.apply(in);
    frame.apply(out);
    in >> setting.version >> setting.order >> setting.precision >> seed >> given >> newest;
    if (seed != 0) {
        Random random(seed, setting.version);
        const QVariant value = randomVariant(random, makers, random.below(4));
        given = written(value, setting);
        newest = written(value, newestSetting);
    }
    qint8 status = 0;
    const QVariant value = readFrom(given, setting, &status), same = readFrom(given, setting);
    const QVariant other = readFrom(newest, newestSetting);
    const qint8 equal = value != same ? 2 : value == other ? 1 : 0;
    out << given << newest << status << equal << written(value, setting) << text(value) << text(other);
    return bytes;
}

} // namespace

int main(int argc, char *argv[])
{
    QGuiApplication application(argc, argv);
    variants::addCore();
    variants::addGui();
    const QList<Maker> makers = coreMakers() + shapeMakers() + paintMakers() + userMakers();
    send(greeting());
    for (QByteArray request; receive(request);)
        send(answer(request, makers));
    return 0;
}
