// Prints what QDataStream makes of values; vectors.h says how. tests/qt/vectors/qt.go has the environment that it needs.
#include "groups.h"
#include "text_variant.h"

#include <QGuiApplication>

#include <cstdio>

int main(int argc, char *argv[])
{
    QGuiApplication application(argc, argv);
    variants::addCore();
    variants::addGui();
    std::printf("%s\n", qVersion());
    printNumbers();
    printStrings();
    printDates();
    printContainers();
    printGeometry();
    printEasing();
    printJson();
    printCbor();
    printShapes();
    printColors();
    printImages();
    printPainting();
    printFonts();
    printTextFormats();
    printWidgetTypes();
    printVariants();
    printGuiVariants();
    return 0;
}
