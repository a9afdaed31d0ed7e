#include "groups.h"
#include "text.h"
#include "vectors.h"

static void printDateTimes()
{
    const QDate day(2024, 2, 29), summer(2024, 7, 1);
    const QTime time(1, 2, 3, 4), noon(12, 0);
    const QTimeZone newYork("America/New_York"), plus1(3600);
    print<QDateTime>("QDateTime", {QDateTime(), QDateTime(day, time), QDateTime(summer, noon), QDateTime(day, time, Qt::UTC),
                                   QDateTime(day, time, Qt::OffsetFromUTC, 3600),
                                   QDateTime(day, time, Qt::OffsetFromUTC, -5 * 3600 - 1800),
                                   QDateTime(day, time, newYork),
                                   QDateTime(summer, noon, newYork), QDateTime(day, time, plus1)});
    // The ends of the 32-bit second and of the calendar; 2:30, which comes twice in that night.
    print<QDateTime>("QDateTime", {QDateTime(QDate(1969, 12, 31), QTime(23, 59, 59, 999), Qt::UTC),
                                   QDateTime(QDate(2038, 1, 19), QTime(3, 14, 8), Qt::UTC),
                                   QDateTime(QDate(1582, 10, 14), noon, Qt::UTC), QDateTime(QDate(-1, 1, 1), noon, Qt::UTC),
                                   QDateTime(QDate(12345, 1, 1), noon, Qt::UTC), QDateTime(QDate(1950, 1, 1), noon),
                                   QDateTime::fromMSecsSinceEpoch(1729989000000),
                                   QDateTime::fromMSecsSinceEpoch(1729992600000), QDateTime(day, QTime()),
                                   QDateTime(QDate(), noon)});
}

void printDates()
{
    print<QDate>("QDate", {QDate(), QDate(2024, 2, 29), QDate(1970, 1, 1), QDate(1582, 10, 15), QDate(1, 1, 1),
                           QDate(-4713, 11, 24), QDate(-5000, 1, 1), QDate(99999, 12, 31)});
    print<QTime>("QTime", {QTime(), QTime(0, 0), QTime(1, 2, 3, 4), QTime(23, 59, 59, 999)});
    printDateTimes();
    print<QTimeZone>("QTimeZone", {QTimeZone("Europe/Paris"), QTimeZone::utc(), QTimeZone(3600), QTimeZone(-12600),
                                   QTimeZone("Etc/Mine", 900, "My time", "MT", QLocale::AnyCountry, "mine")});
#if QT_VERSION_MAJOR >= 6 // 5.15.8 dies of it
    print<QTimeZone>("QTimeZone", {QTimeZone()});
#endif
}
