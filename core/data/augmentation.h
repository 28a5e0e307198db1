#pragma once

#include "core/base/result.h"
#include "core/data/digitset.h"
#include "core/data/sampleorigin.h"
#include "core/learning/samplerenderer.h"

#include <memory>
#include <string>
#include <vector>

namespace digitpad {

/// What varies when samples are drawn anew, and how much: each strength from 0, not at all, over 1, as much
/// as hands differ without making another sign of it, to 3. Standard deviations are those of strength 1.
struct AugmentationOptions
{
    double rotate = 0;  ///< 5°, at most 14° at any strength.
    double slant = 0;   ///< Leans by 0.12 of the height, at most 0.35.
    double stretch = 0; ///< Width against height by 12 %, at most 35 %.
    double bend = 0;    ///< Slow ripples of 2 % of the size.
    /// Strokes are drawn with pens as MNIST's are, 1.6 to 3.9 px; lines of pictures get up to 1 px thicker or
    /// 0.7 px thinner.
    double penWidth = 0;
    double jitter = 0; ///< Points of strokes by 0.5 % of the size, each on its own.
    double trim = 0;   ///< Part of the strokes, 15 %, that lose up to 8 % of their length at either end.
    double shift = 0;  ///< Strokes against each other by 2 % of the size.
    double redraw = 0; ///< Part of the synthetic samples, from 1 on all, that become wholly new ones.
    double plain = 0;  ///< Part of the samples that stay as they are, 0 to 1.
    /// How much less pictures vary than strokes, 0 to 1: 0.5 is half as much. A picture that is drawn again
    /// is a little blurred each time, and a model that is to read pictures should know them as they are.
    double mildPictures = 0;
    double plainPictures = 0; ///< Part of the other pictures that do not vary, but may be nudged, 0 to 1.
    /// Pictures move by up to so many whole pixels along either axis, each way as likely; 0 to 3.
    double nudge = 0;
    double zoom = 0;  ///< Size in the 28×28 field by 8 %, at most 25 %, around the centre of mass.
    double noise = 0; ///< Every pixel by 0.1 of white, each on its own; 0 to 255 stays the range.

    /// Strength 1 of everything that keeps MNIST's rule, which nudging, zooming and noise break, and a tenth
    /// of the samples plain.
    static AugmentationOptions usual();

    bool operator==(const AugmentationOptions&) const = default;
};

/// Of what varies, in the order to show.
std::vector<std::string> augmentationNames();

/// "all" for the usual, "none" for nothing, or names with or without strengths, "rotate,bend=0.5,plain=0.2":
/// what is not named does not vary. The names are augmentationNames().
Result<AugmentationOptions> augmentationFromText(const std::string& text);
/// The inverse; "none" where nothing varies.
std::string augmentationText(const AugmentationOptions& options);

/// Draws the samples of `set` anew with what `options` vary: those with strokes from their strokes, others
/// from their pictures; all but nudged, zoomed and noisy ones follow the normaliser's rule, and what does not
/// vary stays as it is to the byte. `origins` has one entry for each sample.
std::shared_ptr<const SampleRenderer> augmenter(std::shared_ptr<const DigitSet> set,
                                                std::vector<SampleOrigin> origins,
                                                const AugmentationOptions& options);

} // namespace digitpad
