#include "ui/widgets/tones.h"

#include <algorithm>
#include <cmath>

namespace digitpad {

namespace {

double luminance(const QColor& color)
{
    const auto linear = [](int value) {
        const double v = value / 255.0;
        return v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(color.red()) + 0.7152 * linear(color.green()) + 0.0722 * linear(color.blue());
}

QColor hue(Tone tone)
{
    switch (tone) {
    case Tone::Success:
        return {0x2e, 0x9e, 0x4f};
    case Tone::Warning:
        return {0xd9, 0x8a, 0x00};
    case Tone::Error:
        return {0xd6, 0x36, 0x36};
    case Tone::Info:
        break;
    }
    return {0x2f, 0x7f, 0xd6};
}

/// `color` moved towards `target` until it stands out enough from `ground`.
QColor readable(const QColor& color, const QColor& target, const QColor& ground, double least)
{
    QColor result = color;
    for (double part = 0.1; contrast(result, ground) < least && part < 1.05; part += 0.1) {
        result = mixed(target, color, std::min(part, 1.0));
    }
    return result;
}

} // namespace

double contrast(const QColor& a, const QColor& b)
{
    const auto [darker, lighter] = std::minmax({luminance(a), luminance(b)});
    return (lighter + 0.05) / (darker + 0.05);
}

QColor mixed(const QColor& a, const QColor& b, double part)
{
    const auto channel = [part](int x, int y) {
        return static_cast<int>(std::lround(x * part + y * (1 - part)));
    };
    return {channel(a.red(), b.red()), channel(a.green(), b.green()), channel(a.blue(), b.blue())};
}

bool isDark(const QPalette& palette)
{
    return luminance(palette.color(QPalette::Window)) < luminance(palette.color(QPalette::WindowText));
}

QColor secondaryText(const QPalette& palette)
{
    const QColor text = palette.color(QPalette::WindowText);
    const QColor window = palette.color(QPalette::Window);
    return readable(mixed(text, window, 0.65), text, window, 4.5);
}

ToneColors toneColors(const QPalette& palette, Tone tone)
{
    const QColor window = palette.color(QPalette::Window);
    const QColor text = palette.color(QPalette::WindowText);
    const QColor color = hue(tone);
    const bool dark = isDark(palette);
    const QColor background = mixed(color, window, dark ? 0.22 : 0.13);
    return {background, mixed(color, window, 0.6),
            readable(text, dark ? Qt::white : Qt::black, background, 4.5),
            readable(color, text, background, 3)};
}

} // namespace digitpad
