#include "core/learning/robustness.h"

#include "core/base/random.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace digitpad {

namespace {

/// Grey values between the pixels of a field, bilinear; what lies outside is paper.
class Field
{
public:
    explicit Field(const DigitImage& image)
        : m_image(image)
    {
    }
    [[nodiscard]] double at(double x, double y) const
    {
        const int left = static_cast<int>(std::floor(x));
        const int top = static_cast<int>(std::floor(y));
        const double right = x - left;
        const double down = y - top;
        const double above = pixel(left, top) * (1 - right) + pixel(left + 1, top) * right;
        const double below = pixel(left, top + 1) * (1 - right) + pixel(left + 1, top + 1) * right;
        return above * (1 - down) + below * down;
    }

private:
    [[nodiscard]] double pixel(int x, int y) const
    {
        const bool inside = x >= 0 && x < digitSide && y >= 0 && y < digitSide;
        return inside ? static_cast<double>(m_image.at(x, y)) : 0;
    }

    const DigitImage& m_image;
};

/// An image of which `value(x, y)` gives the pixels, rounded and kept within 0 to 255.
template <class Value>
DigitImage imageOf(Value&& value)
{
    DigitImage result;
    auto pixel = result.pixels.begin();
    for (int y = 0; y < digitSide; ++y) {
        for (int x = 0; x < digitSide; ++x) {
            *pixel++ = static_cast<std::uint8_t>(std::lround(std::clamp(value(x, y), 0.0, 255.0)));
        }
    }
    return result;
}

/// Between the two pixels in the middle.
constexpr double middle = (digitSide - 1) / 2.0;

DigitImage shifted(const Field& field, double amount, std::size_t index)
{
    constexpr std::array<std::array<int, 2>, 4> directions{{{1, 0}, {0, 1}, {-1, 0}, {0, -1}}};
    const auto [dx, dy] = directions[index % directions.size()];
    return imageOf(
        [&, dx = dx * amount, dy = dy * amount](int x, int y) { return field.at(x - dx, y - dy); });
}

DigitImage scaled(const Field& field, double factor)
{
    return imageOf([&](int x, int y) {
        return field.at((x - middle) / factor + middle, (y - middle) / factor + middle);
    });
}

DigitImage rotated(const Field& field, double degrees)
{
    const double cosine = std::cos(degrees * std::numbers::pi / 180);
    const double sine = std::sin(degrees * std::numbers::pi / 180);
    return imageOf([&](int x, int y) {
        const double dx = x - middle;
        const double dy = y - middle;
        return field.at(cosine * dx + sine * dy + middle, -sine * dx + cosine * dy + middle);
    });
}

/// The brightest or, where lines become narrower, darkest value within a circle of half the amount: grey
/// dilation and erosion.
DigitImage withPen(const Field& field, double amount)
{
    constexpr int directions = 16;
    const double radius = std::abs(amount) / 2;
    return imageOf([&](int x, int y) {
        double value = field.at(x, y);
        for (int i = 0; i < directions; ++i) {
            const double angle = 2 * std::numbers::pi * i / directions;
            const double other = field.at(x + radius * std::cos(angle), y + radius * std::sin(angle));
            value = amount > 0 ? std::max(value, other) : std::min(value, other);
        }
        return value;
    });
}

DigitImage noisy(const Field& field, double deviation, std::size_t index)
{
    Random random(index);
    return imageOf([&](int x, int y) { return field.at(x, y) + 255 * deviation * random.normal(); });
}

/// At most `most` of the set's digits, evenly.
std::vector<std::size_t> someDigits(const DigitSet& set, std::size_t most)
{
    std::vector<std::size_t> digits;
    for (std::size_t i = 0; i < set.size(); ++i) {
        if (set.labels[i] != noDigitLabel) {
            digits.push_back(i);
        }
    }
    if (digits.size() <= most) {
        return digits;
    }
    std::vector<std::size_t> some;
    for (std::size_t i = 0; i < most; ++i) {
        some.push_back(digits[i * digits.size() / most]);
    }
    return some;
}

DigitSet distortedSet(const DigitSet& set, const std::vector<std::size_t>& indices, Distortion distortion,
                      double amount)
{
    DigitSet result;
    result.name = set.name;
    for (std::size_t i = 0; i < indices.size(); ++i) {
        result.add(distorted(set.digitImage(indices[i]), distortion, amount, i), set.labels[indices[i]]);
    }
    return result;
}

RobustnessPoint pointOf(const Logits& logits, const DigitSet& set, double amount)
{
    std::int64_t correct = 0;
    for (std::size_t i = 0; i < set.size(); ++i) {
        const float* row = logits.row(i);
        correct += std::max_element(row, row + digitClasses) - row == set.labels[i] ? 1 : 0;
    }
    const auto images = static_cast<std::int64_t>(set.size());
    const double accuracy = images > 0 ? static_cast<double>(correct) / static_cast<double>(images) : 0;
    return {amount, images, accuracy, wilsonInterval(correct, images)};
}

std::size_t levelCount()
{
    std::size_t count = 0;
    for (const Distortion distortion : distortions()) {
        count += distortionLevels(distortion).size();
    }
    return count;
}

} // namespace

const std::vector<Distortion>& distortions()
{
    static const std::vector<Distortion> all{Distortion::Shift, Distortion::Scale, Distortion::Rotation,
                                             Distortion::PenWidth, Distortion::Noise};
    return all;
}

std::string distortionKey(Distortion distortion)
{
    switch (distortion) {
    case Distortion::Shift:
        return "shift";
    case Distortion::Scale:
        return "scale";
    case Distortion::Rotation:
        return "rotation";
    case Distortion::PenWidth:
        return "pen-width";
    case Distortion::Noise:
        break;
    }
    return "noise";
}

const std::vector<double>& distortionLevels(Distortion distortion)
{
    static const std::vector<double> shift{0, 1, 2, 3, 4, 5, 6};
    static const std::vector<double> scale{0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.1, 1.2, 1.3};
    static const std::vector<double> rotation{-60, -45, -30, -15, 0, 15, 30, 45, 60};
    static const std::vector<double> pen{-1.5, -1, -0.5, 0, 0.5, 1, 2, 3};
    static const std::vector<double> noise{0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8};
    switch (distortion) {
    case Distortion::Shift:
        return shift;
    case Distortion::Scale:
        return scale;
    case Distortion::Rotation:
        return rotation;
    case Distortion::PenWidth:
        return pen;
    case Distortion::Noise:
        break;
    }
    return noise;
}

DigitImage distorted(const DigitImage& image, Distortion distortion, double amount, std::size_t index)
{
    const Field field(image);
    switch (distortion) {
    case Distortion::Shift:
        return shifted(field, amount, index);
    case Distortion::Scale:
        return scaled(field, amount);
    case Distortion::Rotation:
        return rotated(field, amount);
    case Distortion::PenWidth:
        return withPen(field, amount);
    case Distortion::Noise:
        break;
    }
    return noisy(field, amount, index);
}

Result<std::vector<RobustnessCurve>> measureRobustness(const Model& model, const DigitSet& set,
                                                       std::size_t most,
                                                       const std::function<bool(double)>& progress)
{
    const std::vector<std::size_t> indices = someDigits(set, most);
    if (indices.empty()) {
        return Error{ErrorCode::InvalidInput, "“" + set.name +
                                                  "” has no digits to measure with; choose a source that "
                                                  "has some."};
    }
    const auto all = static_cast<double>(levelCount() * indices.size());
    std::size_t behind = 0;
    std::vector<RobustnessCurve> curves;
    for (const Distortion distortion : distortions()) {
        RobustnessCurve curve{distortion, {}};
        for (const double amount : distortionLevels(distortion)) {
            const DigitSet changed = distortedSet(set, indices, distortion, amount);
            const auto logits = model.logits(changed, [&](std::size_t done) {
                return !progress || progress(static_cast<double>(behind + done) / all);
            });
            if (!logits) {
                return logits.error();
            }
            curve.points.push_back(pointOf(*logits, changed, amount));
            behind += indices.size();
        }
        curves.push_back(std::move(curve));
    }
    return curves;
}

} // namespace digitpad
