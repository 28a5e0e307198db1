#include "core/learning/padreader.h"

#include "core/image/normalizer.h"
#include "core/ink/rasterizer.h"

#include <algorithm>

namespace digitpad {

namespace {

/// The pad's square at the picture's resolution, the picture in its middle as pictureArea() says.
GrayImage squareAround(const GrayImage& picture)
{
    const int side = std::max(picture.width, picture.height);
    GrayImage square(side, side);
    const int left = (side - picture.width) / 2;
    const int top = (side - picture.height) / 2;
    for (int y = 0; y < picture.height; ++y) {
        std::copy_n(picture.row(y), picture.width, square.row(top + y) + left);
    }
    return square;
}

} // namespace

DigitImage digitImage(const PadContent& content)
{
    if (!content.picture || content.picture->empty()) {
        return normalizeInk(content.ink);
    }
    if (content.ink.empty()) {
        return normalizePicture(*content.picture);
    }
    return normalizePicture(padSquare(content));
}

GrayImage padSquare(const PadContent& content)
{
    GrayImage square = squareAround(*content.picture);
    drawInk(square, content.ink, static_cast<double>(square.width) / static_cast<double>(Drawing::side));
    return square;
}

} // namespace digitpad
