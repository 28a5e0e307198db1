#include "ui/draw/divergingcolors.h"

#include <algorithm>
#include <cmath>

namespace digitpad {

namespace {

constexpr int ground = 22; ///< Grey level where there is neither ink nor opinion.
constexpr int fullInk = 118;

QRgb towards(int grey, float value)
{
    const QRgb hue = value < 0 ? qRgb(255, 156, 46) : qRgb(82, 164, 255);
    // A root, because the few strongest pixels would leave all others dark.
    const float part = std::pow(std::min(1.0F, std::abs(value)), 0.6F);
    const auto channel = [&](int full) {
        return static_cast<int>(
            std::lround(static_cast<float>(grey) + part * static_cast<float>(full - grey)));
    };
    return qRgb(channel(qRed(hue)), channel(qGreen(hue)), channel(qBlue(hue)));
}

} // namespace

QRgb divergingColor(float value)
{
    return towards(ground, value);
}

QRgb divergingColorOnInk(float value, int ink)
{
    return towards(ground + (fullInk - ground) * ink / 255, value);
}

} // namespace digitpad
