#include "core/learning/numberreader.h"

#include "core/image/normalizer.h"
#include "core/ink/pictureparts.h"
#include "core/learning/padreader.h"

#include <algorithm>
#include <cmath>
#include <span>
#include <string_view>

namespace digitpad {

namespace {

/// One forward; a reading that nobody waits for any more ends after it.
constexpr std::size_t batchSize = 64;

bool readsBadly(const Prediction& prediction)
{
    return !prediction.accepted || prediction.confidence < 0.9F;
}

/// A group is cut to see whether it is two digits where it reads badly and is wide enough for two (a letter
/// that reads badly mostly is not), or where it is wider than any digit. In line heights.
constexpr double wideForTwo = 1.0;
constexpr double widerThanOne = 1.15;
constexpr double leastSlice = 0.18;

std::vector<std::size_t> strokesOf(std::span<const PartPiece> pieces)
{
    std::vector<std::size_t> strokes;
    for (const PartPiece& piece : pieces) {
        strokes.push_back(piece.index);
    }
    std::sort(strokes.begin(), strokes.end());
    strokes.erase(std::unique(strokes.begin(), strokes.end()), strokes.end());
    return strokes;
}

InkPart groupOf(const TextLine& line, const Hypothesis& hypothesis)
{
    InkPart group = line.parts[hypothesis.parts.front()];
    for (std::size_t i = 1; i < hypothesis.parts.size(); ++i) {
        const InkPart& part = line.parts[hypothesis.parts[i]];
        group.pieces.insert(group.pieces.end(), part.pieces.begin(), part.pieces.end());
        group.box = united(group.box, part.box);
    }
    return group;
}

/// The box with what the brush adds to the centrelines.
void addBrush(ReadDigit& digit, const Ink& ink)
{
    float width = 0;
    for (const std::size_t stroke : digit.strokes) {
        width = std::max(width, ink.strokes[stroke]->width);
    }
    const float half = width / 2;
    digit.box = {digit.box.left - half, digit.box.top - half, digit.box.right + half,
                 digit.box.bottom + half};
}

Error outOfDate()
{
    return {ErrorCode::Cancelled, "The drawing has changed meanwhile."};
}

void scale(InkBox& box, float factor)
{
    box = {box.left * factor, box.top * factor, box.right * factor, box.bottom * factor};
}

} // namespace

/// Where the parts come from, and how they are drawn for the recogniser.
class NumberReader::Source
{
public:
    virtual ~Source() = default;
    [[nodiscard]] virtual std::vector<InkPart> parts() const = 0;
    [[nodiscard]] virtual DigitImage image(std::span<const PartPiece> pieces) const = 0;
    [[nodiscard]] virtual std::vector<float> cuts(const InkPart& part, double distance,
                                                  std::size_t most) const = 0;
    [[nodiscard]] virtual std::vector<InkPart> slices(const InkPart& part, std::span<const float> cuts,
                                                      int number) const = 0;
    [[nodiscard]] virtual std::vector<std::size_t> strokes(std::span<const PartPiece> pieces) const = 0;
};

class NumberReader::InkSource final : public Source
{
public:
    explicit InkSource(const Ink& ink)
        : m_ink(ink)
    {
    }
    [[nodiscard]] std::vector<InkPart> parts() const override { return strokeParts(m_ink); }
    [[nodiscard]] DigitImage image(std::span<const PartPiece> pieces) const override
    {
        return normalizeInk(inkOf(m_ink, pieces));
    }
    [[nodiscard]] std::vector<float> cuts(const InkPart& part, double distance,
                                          std::size_t most) const override
    {
        return cutsOf(m_ink, part, distance, most);
    }
    [[nodiscard]] std::vector<InkPart> slices(const InkPart& part, std::span<const float> cuts,
                                              int number) const override
    {
        return digitpad::slices(m_ink, part, cuts, number);
    }
    [[nodiscard]] std::vector<std::size_t> strokes(std::span<const PartPiece> pieces) const override
    {
        return strokesOf(pieces);
    }

private:
    const Ink& m_ink;
};

class NumberReader::PictureSource final : public Source
{
public:
    explicit PictureSource(const GrayImage& picture)
        : m_patches(picture)
    {
    }
    [[nodiscard]] std::vector<InkPart> parts() const override { return m_patches.parts(); }
    [[nodiscard]] DigitImage image(std::span<const PartPiece> pieces) const override
    {
        return normalizePicture(m_patches.inkOf(pieces));
    }
    [[nodiscard]] std::vector<float> cuts(const InkPart& part, double distance,
                                          std::size_t most) const override
    {
        return m_patches.cutsOf(part, distance, most);
    }
    [[nodiscard]] std::vector<InkPart> slices(const InkPart& part, std::span<const float> cuts,
                                              int number) const override
    {
        return m_patches.slices(part, cuts, number);
    }
    [[nodiscard]] std::vector<std::size_t> strokes(std::span<const PartPiece>) const override { return {}; }

private:
    PicturePatches m_patches;
};

/// What the recogniser makes of a line.
struct NumberReader::LineReading
{
    std::vector<InkPart> groups; ///< The best path's, in reading order.
    std::vector<Prediction> predictions;
};

namespace {

/// The line with the groups that may be two digits cut where that is possible; the same as before where none
/// is.
template <class Source, class Reading>
TextLine withCuts(const Source& source, const TextLine& line, const Reading& reading)
{
    TextLine result{{}, line.height};
    int number = 0;
    for (const InkPart& part : line.parts) {
        const auto group =
            std::find_if(reading.groups.begin(), reading.groups.end(), [&](const InkPart& candidate) {
                return std::find(candidate.pieces.begin(), candidate.pieces.end(), part.pieces.front()) !=
                       candidate.pieces.end();
            });
        const double width = group != reading.groups.end() ? group->width() / line.height : 0;
        const auto index = static_cast<std::size_t>(group - reading.groups.begin());
        const bool doubtful =
            width > widerThanOne || (width > wideForTwo && readsBadly(reading.predictions[index]));
        const double own = part.width() / line.height;
        if (doubtful && own > 2 * leastSlice) {
            const auto most = static_cast<std::size_t>(std::ceil(2.5 * own));
            const auto cuts = source.cuts(part, leastSlice * line.height, most);
            const auto slices = source.slices(part, cuts, number++);
            result.parts.insert(result.parts.end(), slices.begin(), slices.end());
        } else {
            result.parts.push_back(part);
        }
    }
    std::sort(result.parts.begin(), result.parts.end(),
              [](const InkPart& a, const InkPart& b) { return a.centre() < b.centre(); });
    return result;
}

} // namespace

bool NumberReading::accepted() const
{
    return !digits.empty() && std::all_of(digits.begin(), digits.end(),
                                          [](const ReadDigit& digit) { return digit.prediction.accepted; });
}

NumberReader::NumberReader(Classifier& classifier, const SegmentationWeights& weights)
    : m_classifier(classifier)
    , m_weights(weights)
{
}

std::size_t NumberReader::Hash::operator()(const DigitImage& image) const
{
    const std::string_view bytes(reinterpret_cast<const char*>(image.pixels.data()), image.pixels.size());
    return std::hash<std::string_view>()(bytes);
}

Result<NumberReading> NumberReader::read(const Ink& ink)
{
    return read(InkSource(ink));
}

Result<NumberReading> NumberReader::read(const GrayImage& picture)
{
    return read(PictureSource(picture));
}

Result<NumberReading> NumberReader::read(const PadContent& content)
{
    if (!content.picture || content.picture->empty()) {
        Result<NumberReading> reading = read(content.ink);
        if (reading) {
            for (ReadDigit& digit : reading->digits) {
                addBrush(digit, content.ink);
            }
        }
        return reading;
    }
    const GrayImage square = padSquare(content);
    Result<NumberReading> reading = read(square);
    if (reading) {
        for (ReadDigit& digit : reading->digits) {
            scale(digit.box, Drawing::side / static_cast<float>(square.width));
        }
    }
    return reading;
}

Result<NumberReading> NumberReader::read(const Source& source)
{
    m_newMemory.clear();
    std::vector<TextLine> lines = textLines(source.parts());
    std::size_t parts = 0;
    for (const TextLine& line : lines) {
        parts += line.parts.size();
    }
    if (parts > mostParts) {
        return Error{ErrorCode::InvalidInput,
                     "There are too many separate strokes to be read as a number; erase some of them."};
    }
    NumberReading reading;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        Result<std::vector<ReadDigit>> digits = readLine(source, std::move(lines[i]));
        if (!digits) {
            return digits.error();
        }
        reading.number += i > 0 ? " " : "";
        for (ReadDigit& digit : *digits) {
            digit.line = static_cast<int>(i);
            reading.number += static_cast<char>('0' + std::max(0, digit.prediction.digit));
            reading.digits.push_back(std::move(digit));
        }
    }
    m_memory = std::move(m_newMemory);
    return reading;
}

Result<std::vector<ReadDigit>> NumberReader::readLine(const Source& source, TextLine line)
{
    Result<LineReading> reading = readHypotheses(source, line);
    if (!reading) {
        return reading.error();
    }
    const TextLine cut = withCuts(source, line, *reading);
    if (cut.parts.size() > line.parts.size()) {
        reading = readHypotheses(source, cut);
        if (!reading) {
            return reading.error();
        }
    }
    std::vector<ReadDigit> digits;
    for (std::size_t i = 0; i < reading->groups.size(); ++i) {
        const InkPart& group = reading->groups[i];
        digits.push_back({group.box, reading->predictions[i], source.strokes(group.pieces), 0});
    }
    return digits;
}

Result<NumberReader::LineReading> NumberReader::readHypotheses(const Source& source, const TextLine& line)
{
    const LineSegmentation segmentation(line, m_weights);
    std::vector<InkPart> groups;
    std::vector<DigitImage> images;
    for (const Hypothesis& hypothesis : segmentation.hypotheses()) {
        if (!m_keepGoing()) {
            return outOfDate();
        }
        groups.push_back(groupOf(line, hypothesis));
        images.push_back(source.image(groups.back().pieces));
    }
    const Result<std::vector<Prediction>> predictions = classify(images);
    if (!predictions) {
        return predictions.error();
    }
    std::vector<LineSegmentation::Reading> readings;
    for (const Prediction& prediction : *predictions) {
        readings.push_back({double{prediction.confidence}, double{prediction.digitScore}});
    }
    std::vector<std::size_t> path = segmentation.bestPath(readings);
    std::stable_sort(path.begin(), path.end(),
                     [&](std::size_t a, std::size_t b) { return groups[a].centre() < groups[b].centre(); });
    LineReading result;
    for (const std::size_t index : path) {
        result.groups.push_back(std::move(groups[index]));
        result.predictions.push_back((*predictions)[index]);
    }
    return result;
}

Result<std::vector<Prediction>> NumberReader::classify(const std::vector<DigitImage>& images)
{
    std::vector<DigitImage> unread;
    for (const DigitImage& image : images) {
        if (const auto known = m_memory.find(image); known != m_memory.end()) {
            m_newMemory.insert(*known);
        } else if (!m_newMemory.contains(image)) {
            unread.push_back(image);
        }
    }
    if (const Result<void> done = classifyNew(unread); !done) {
        return done.error();
    }
    std::vector<Prediction> predictions;
    predictions.reserve(images.size());
    for (const DigitImage& image : images) {
        predictions.push_back(m_newMemory.at(image));
    }
    return predictions;
}

Result<void> NumberReader::classifyNew(const std::vector<DigitImage>& images)
{
    const std::span<const DigitImage> all(images);
    for (std::size_t begin = 0; begin < all.size(); begin += batchSize) {
        if (!m_keepGoing()) {
            return outOfDate();
        }
        const auto batch = all.subspan(begin, std::min(batchSize, all.size() - begin));
        const Result<std::vector<Prediction>> predictions = m_classifier.classify(batch);
        if (!predictions) {
            return predictions.error();
        }
        for (std::size_t i = 0; i < batch.size(); ++i) {
            m_newMemory.emplace(batch[i], (*predictions)[i]);
        }
    }
    return {};
}

} // namespace digitpad
