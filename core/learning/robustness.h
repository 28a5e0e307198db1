#pragma once

#include "core/base/result.h"
#include "core/data/digitset.h"
#include "core/learning/evaluationfigures.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

/// How a model's accuracy falls as images depart from what it was trained on. The distortions act on the
/// 28×28 field, behind the normaliser, which would undo most of them.
namespace digitpad {

enum class Distortion {
    Shift,    ///< Pixels, up, down, left or right by turns; 0 and up.
    Scale,    ///< Times as large around the middle of the field, above 0; 1 changes nothing.
    Rotation, ///< Degrees, clockwise where positive.
    PenWidth, ///< Pixels by which lines become wider, or narrower where negative.
    Noise,    ///< Standard deviation of normal noise on every pixel, in parts of white; 0 and up.
};
/// In the order to show.
const std::vector<Distortion>& distortions();
/// For files and machines: "shift", "scale", "rotation", "pen-width", "noise".
std::string distortionKey(Distortion distortion);
/// What is measured, ascending; the amount that changes nothing is among them.
const std::vector<double>& distortionLevels(Distortion distortion);

/// `index` chooses the shift's direction and the noise; the same arguments give the same image.
DigitImage distorted(const DigitImage& image, Distortion distortion, double amount, std::size_t index);

struct RobustnessPoint
{
    double amount = 0;
    std::int64_t images = 0;
    double accuracy = 0;         ///< 0..1.
    ConfidenceInterval interval; ///< 95 %.
};
struct RobustnessCurve
{
    Distortion distortion = Distortion::Shift;
    std::vector<RobustnessPoint> points; ///< One for each level.
};
/// All curves of a model, each point over the same at most `most` digits, taken evenly from `set`; images
/// that are no digits are left out. `progress` is asked between batches, on the calling thread, with the part
/// that is done, 0 to 1; false ends with ErrorCode::Cancelled. Takes as long as reading 41 × `most` images.
Result<std::vector<RobustnessCurve>> measureRobustness(const Model& model, const DigitSet& set,
                                                       std::size_t most,
                                                       const std::function<bool(double)>& progress);

} // namespace digitpad
