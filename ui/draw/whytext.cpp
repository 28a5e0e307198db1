#include "ui/draw/whytext.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace digitpad {

namespace {

using Map = std::array<float, digitPixels>;

QString text(const char* source)
{
    return QCoreApplication::translate("digitpad::WhyText", source);
}

float largestMagnitude(const Map& map)
{
    float largest = 0;
    for (const float value : map) {
        largest = std::max(largest, std::abs(value));
    }
    return largest;
}

/// With "%1" for what the ink spoke for or against.
QString strengthText(float part)
{
    if (part >= 0.6F) {
        return text("This ink spoke strongly %1");
    }
    return part >= 0.2F ? text("This ink spoke %1") : text("This ink spoke slightly %1");
}

QString pixelWords(const ExplainedImage& explained, const Map& map, int pixel, const QString& positive,
                   const QString& negative)
{
    const auto index = static_cast<std::size_t>(pixel);
    if (explained.image.pixels[index] == 0) {
        return text("There is no ink here.");
    }
    const float value = map[index];
    const float part = std::abs(value) / std::max(largestMagnitude(map), 1e-6F);
    const QString what = part < 0.05F ? text("This ink hardly mattered")
                                      : strengthText(part).arg(value < 0 ? negative : positive);
    const float sum = std::accumulate(map.begin(), map.end(), 0.0F);
    return text("%1: %2 of %3 in all.").arg(what, signedText(value), signedText(sum));
}

} // namespace

QString signedText(float value)
{
    const QString magnitude = QLocale().toString(std::abs(value), 'f', 2);
    return (value < 0 ? QStringLiteral("−") : QStringLiteral("+")) + magnitude;
}

QString mapWords(const Explanation& explanation)
{
    return text("Blue ink spoke for %1, orange ink against it; on the right for %2. Grey ink hardly "
                "mattered. Point at ink to read how much.")
        .arg(explanation.digit)
        .arg(explanation.rival);
}

QString pixelWordsForDigit(const ExplainedImage& explained, int pixel)
{
    const int digit = explained.explanation.digit;
    return pixelWords(explained, explained.explanation.forDigit, pixel, text("for %1").arg(digit),
                      text("against %1").arg(digit));
}

QString pixelWordsAgainstRival(const ExplainedImage& explained, int pixel)
{
    const int digit = explained.explanation.digit;
    const int rival = explained.explanation.rival;
    const QString rather = text("for %1 rather than %2");
    return pixelWords(explained, explained.explanation.againstRival, pixel, rather.arg(digit).arg(rival),
                      rather.arg(rival).arg(digit));
}

QString layerWords(const LayerResponses& layer, int shown)
{
    if (layer.width > 1) {
        return text("The first layer looks for %1 small patterns everywhere in the picture. A pattern wants "
                    "ink where it is blue and none where it is orange; beside it, the brighter a place, the "
                    "better the pattern fits there.")
            .arg(layer.count);
    }
    const QString words = text("Each of the %1 units of the first layer weighs the whole picture: blue where "
                               "ink makes it answer, orange where ink keeps it silent. The bar shows how "
                               "strongly it answers; the strongest come first.")
                              .arg(layer.count);
    return shown < layer.count ? words + QLatin1Char(' ') + text("%1 of them are shown.").arg(shown) : words;
}

QString unitWords(const LayerResponses& layer, int unit, float strongest)
{
    const QString value = QLocale().toString(strongest, 'f', 2);
    if (layer.width > 1) {
        return strongest > 0 ? text("Pattern %1: its best fit answers with %2.").arg(unit + 1).arg(value)
                             : text("Pattern %1 is nowhere in this picture.").arg(unit + 1);
    }
    return strongest > 0 ? text("Unit %1 answers with %2.").arg(unit + 1).arg(value)
                         : text("Unit %1 keeps silent.").arg(unit + 1);
}

} // namespace digitpad
