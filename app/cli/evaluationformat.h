#pragma once

#include "core/learning/engine.h"

#include <QJsonObject>
#include <QString>

#include <array>
#include <optional>

namespace digitpad::cli {

/// How well one digit is read.
struct ClassFigures
{
    std::int64_t images = 0; ///< Of this digit.
    std::optional<double>
        precision; ///< Part of the guesses "this digit" that are right; none without such a guess.
    std::optional<double> recall; ///< Part of this digit's images that are read; none without images.
};
[[nodiscard]] std::array<ClassFigures, digitClasses> classFigures(const Evaluation& evaluation);
/// Digits and others together.
[[nodiscard]] double imagesPerSecond(const Evaluation& evaluation);

/// Tables for people, several lines.
[[nodiscard]] QString evaluationText(const Evaluation& evaluation);
/// The same for machines: images (digits), loss, accuracy, calibrationError, turnedAway, noDigits,
/// noDigitsAccepted, auroc (null for want of digits or of others), seconds, imagesPerSecond, classes,
/// confusion (a row a true digit).
[[nodiscard]] QJsonObject evaluationObject(const Evaluation& evaluation);

} // namespace digitpad::cli
