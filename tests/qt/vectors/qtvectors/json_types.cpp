#include "groups.h"
#include "text.h"
#include "vectors.h"

#include <limits>

static QJsonDocument document(const char *json) { return QJsonDocument::fromJson(json); }

void printJson()
{
    const QJsonObject object = document(R"({"b":[1,"x",null],"a":{"c":1.5,"é":true}})").object();
    const QJsonArray array = document(R"([1,-2.5,1e300,9007199254740993,"\u0001\"\\/",{},[]])").array();
    print<QJsonObject>("QJsonObject", {QJsonObject(), object});
    print<QJsonArray>("QJsonArray", {QJsonArray(), array});
    print<QJsonDocument>("QJsonDocument", {QJsonDocument(), QJsonDocument(QJsonObject()), QJsonDocument(object),
                                           QJsonDocument(array)});
    print<QJsonValue>("QJsonValue", {QJsonValue(), QJsonValue(QJsonValue::Undefined), true, false, 1.5, 7, "", "Größe",
                                     QJsonValue(QJsonObject()), object, array});
}
