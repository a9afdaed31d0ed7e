// Images to stream: such that their files are the same in every run.
#pragma once

#include <QBitmap>
#include <QImage>

QImage smallImage();
QBitmap smallBitmap(int first); // white, with a black pixel there
