#pragma once

#include "core/base/result.h"
#include "core/ink/drawing.h"
#include "core/ink/segmentation.h"
#include "core/learning/engine.h"

#include <cstddef>
#include <functional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace digitpad {

/// One digit among those of a drawing.
struct ReadDigit
{
    InkBox box; ///< In the unit of what was read: of strokes the centrelines' box, of pictures the pixels'.
    Prediction prediction;
    /// Indices of its strokes, ascending; a stroke that holds two digits is in both. Empty for pictures.
    std::vector<std::size_t> strokes;
    int line = 0; ///< From 0, top to bottom.
};

/// A drawing read as a number.
struct NumberReading
{
    /// The likeliest digit of every group of ink, accepted or not; lines are parted by a space. Empty where
    /// there is no ink.
    std::string number;
    std::vector<ReadDigit> digits; ///< In reading order: line by line, from left to right.

    /// There are digits, and all of them are accepted.
    [[nodiscard]] bool accepted() const;
};

/// Reads all digits of a drawing: puts its strokes, or the patches of a picture, into every likely grouping,
/// has the recogniser read them all, and takes the best way through (see segmentation.h). Remembers what it
/// read last, so that a drawing that grows costs little. One reader, one thread.
class NumberReader
{
public:
    /// `classifier` outlives the reader.
    explicit NumberReader(Classifier& classifier, const SegmentationWeights& weights = {});

    /// Asked again and again, so that a drawing that is out of date is dropped: false ends the reading with
    /// ErrorCode::Cancelled.
    using KeepGoing = std::function<bool()>;
    void setKeepGoing(KeepGoing keepGoing) { m_keepGoing = std::move(keepGoing); }

    /// Boxes are in the ink's unit. More parts than mostParts, and a classifier that fails, are errors.
    Result<NumberReading> read(const Ink& ink);
    /// Boxes are in pixels. The picture is ink bright on 0, see picturefile.h.
    Result<NumberReading> read(const GrayImage& picture);
    /// Boxes are in pad units and hold the brush's width. Where there are both, the strokes are drawn into
    /// the picture.
    Result<NumberReading> read(const PadContent& content);

    /// What is known of an image need not be read again with the next drawing.
    void remember(const Prediction& prediction) { m_memory.emplace(prediction.image, prediction); }

    static constexpr std::size_t mostParts = 400;

private:
    class Source;
    class InkSource;
    class PictureSource;
    struct LineReading;
    struct Hash
    {
        std::size_t operator()(const DigitImage& image) const;
    };
    using Memory = std::unordered_map<DigitImage, Prediction, Hash>;

    Result<NumberReading> read(const Source& source);
    Result<std::vector<ReadDigit>> readLine(const Source& source, TextLine line);
    Result<LineReading> readHypotheses(const Source& source, const TextLine& line);
    Result<std::vector<Prediction>> classify(const std::vector<DigitImage>& images);
    /// Reads those that are in neither memory into the new one.
    Result<void> classifyNew(const std::vector<DigitImage>& images);

    Classifier& m_classifier;
    SegmentationWeights m_weights;
    KeepGoing m_keepGoing = [] { return true; };
    Memory m_memory;    ///< What the drawing before needed.
    Memory m_newMemory; ///< What the drawing in hand needed so far.
};

} // namespace digitpad
