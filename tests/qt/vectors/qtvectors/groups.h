// What there is to print, a function a file.
#pragma once

void printNumbers();
void printStrings();
void printDates();
void printContainers();
void printGeometry();
void printEasing();
void printJson();
void printCbor();
void printVariants();
void printShapes();
void printColors();
void printImages();
void printPainting();
void printFonts();
void printTextFormats();
void printWidgetTypes();
void printGuiVariants();
