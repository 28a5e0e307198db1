#include "core/data/augmentation.h"

#include "core/data/syntheticdigits.h"
#include "core/data/syntheticnodigits.h"
#include "core/data/variation.h"
#include "core/image/normalizer.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <string_view>
#include <utility>

namespace digitpad {

namespace {

struct Knob
{
    std::string_view name;
    double AugmentationOptions::*strength;
    double named; ///< Where it is named without a strength.
    double usual;
    double greatest;
};

constexpr std::array<Knob, 15> knobs = {{
    {"rotate", &AugmentationOptions::rotate, 1, 1, 3},
    {"slant", &AugmentationOptions::slant, 1, 1, 3},
    {"stretch", &AugmentationOptions::stretch, 1, 1, 3},
    {"bend", &AugmentationOptions::bend, 1, 1, 3},
    {"pen-width", &AugmentationOptions::penWidth, 1, 1, 3},
    {"jitter", &AugmentationOptions::jitter, 1, 1, 3},
    {"trim", &AugmentationOptions::trim, 1, 1, 3},
    {"shift", &AugmentationOptions::shift, 1, 1, 3},
    {"redraw", &AugmentationOptions::redraw, 1, 1, 1},
    {"plain", &AugmentationOptions::plain, 0.1, 0.1, 1},
    {"mild-pictures", &AugmentationOptions::mildPictures, 0.5, 0, 1},
    {"plain-pictures", &AugmentationOptions::plainPictures, 0.5, 0, 1},
    {"nudge", &AugmentationOptions::nudge, 1, 0, 3},
    {"zoom", &AugmentationOptions::zoom, 1, 0, 3},
    {"noise", &AugmentationOptions::noise, 1, 0, 3},
}};

std::string knobNames()
{
    std::string names;
    for (const Knob& knob : knobs) {
        names += (names.empty() ? "" : ", ") + std::string(knob.name);
    }
    return names;
}

std::string shortest(double number)
{
    std::array<char, 32> text{};
    return {text.data(), std::to_chars(text.data(), text.data() + text.size(), number).ptr};
}

Result<void> setKnob(AugmentationOptions& options, std::string_view item)
{
    const std::string_view name = item.substr(0, item.find('='));
    const auto* const knob =
        std::find_if(knobs.begin(), knobs.end(), [name](const Knob& one) { return one.name == name; });
    if (knob == knobs.end()) {
        return Error{ErrorCode::InvalidInput, "There is no variation “" + std::string(name) +
                                                  "”; choose all, or some of " + knobNames() + "."};
    }
    double strength = knob->named;
    if (name.size() < item.size()) {
        const std::string_view number = item.substr(name.size() + 1);
        const auto [stop, error] = std::from_chars(number.data(), number.data() + number.size(), strength);
        if (error != std::errc() || stop != number.data() + number.size() ||
            !(strength >= 0 && strength <= knob->greatest)) {
            return Error{ErrorCode::InvalidInput, "“" + std::string(item) + "” is impossible; choose " +
                                                      std::string(name) + "=0 to " +
                                                      shortest(knob->greatest) + "."};
        }
    }
    options.*knob->strength = strength;
    return {};
}

/// Seeds and indices that are neighbours give sequences that have nothing in common.
Random randomFor(std::size_t index, std::uint64_t seed)
{
    constexpr std::uint64_t apart = 0xA0761D6478BD642F;
    return Random(Random(seed).next() ^ Random(index + apart).next());
}

/// What pictures vary by.
AugmentationOptions picturePart(AugmentationOptions options)
{
    for (double AugmentationOptions::*const strength :
         {&AugmentationOptions::rotate, &AugmentationOptions::slant, &AugmentationOptions::stretch,
          &AugmentationOptions::bend, &AugmentationOptions::penWidth}) {
        options.*strength *= 1 - options.mildPictures;
    }
    return options;
}

/// The image moved by whole pixels; what leaves the field is lost.
DigitImage moved(const DigitImage& image, int right, int down)
{
    DigitImage result;
    for (int y = std::max(0, down); y < std::min(digitSide, digitSide + down); ++y) {
        const auto from = image.pixels.begin() + (y - down) * digitSide;
        const auto to = result.pixels.begin() + y * digitSide;
        std::copy(from + std::max(0, -right), from + std::min(digitSide, digitSide - right),
                  to + std::max(0, right));
    }
    return result;
}

class Augmenter final : public SampleRenderer
{
public:
    Augmenter(std::shared_ptr<const DigitSet> set, std::vector<SampleOrigin> origins,
              const AugmentationOptions& options)
        : m_set(std::move(set))
        , m_origins(std::move(origins))
        , m_options(options)
        , m_pictureOptions(picturePart(options))
    {
    }

    void render(std::size_t index, std::uint64_t seed, std::uint8_t* pixels) const override
    {
        Random random = randomFor(index, seed);
        if (random.chance(m_options.plain)) {
            std::copy_n(m_set->image(index), digitPixels, pixels);
            return;
        }
        DigitImage image = varied(index, random);
        // Numbers of their own, so that these leave the others as they were.
        constexpr std::uint64_t apart = 0xE7037ED1A0B428DB;
        Random fieldRandom = randomFor(index, seed ^ apart);
        varyField(image, m_options, fieldRandom);
        std::copy(image.pixels.begin(), image.pixels.end(), pixels);
    }

private:
    [[nodiscard]] DigitImage varied(std::size_t index, Random& random) const
    {
        const SampleOrigin& origin = m_origins[index];
        switch (origin.kind) {
        case SampleOrigin::Kind::Strokes:
            return normalizeInk(variedInk(*origin.ink, m_options, random), penWidth(random));
        case SampleOrigin::Kind::SyntheticDigit:
            if (random.chance(m_options.redraw)) {
                return normalizeInk(syntheticDigit(m_set->labels[index], random), randomPenWidth(random));
            }
            break;
        case SampleOrigin::Kind::SyntheticNoDigit:
            if (random.chance(m_options.redraw)) {
                return normalizeInk(syntheticNoDigit(random), randomPenWidth(random));
            }
            break;
        case SampleOrigin::Kind::Picture:
            break;
        }
        return nudged(variedOrPlainPicture(index, random), random);
    }

    [[nodiscard]] DigitImage variedOrPlainPicture(std::size_t index, Random& random) const
    {
        // Without a draw where there is no choice, so that the others stay as they were.
        return m_options.plainPictures > 0 && random.chance(m_options.plainPictures)
                   ? m_set->digitImage(index)
                   : variedPicture(m_set->image(index), m_pictureOptions, random);
    }

    [[nodiscard]] DigitImage nudged(const DigitImage& image, Random& random) const
    {
        const auto most = static_cast<int>(std::lround(m_options.nudge));
        if (most == 0) {
            return image;
        }
        const auto pixels = [&] { return static_cast<int>(random.below(2U * most + 1U)) - most; };
        const int right = pixels();
        return moved(image, right, pixels());
    }

    [[nodiscard]] double penWidth(Random& random) const
    {
        if (m_options.penWidth <= 0) {
            return mnistPenWidth;
        }
        const double factor = randomPenWidth(random) / mnistPenWidth;
        return std::clamp(mnistPenWidth * std::pow(factor, m_options.penWidth), 1.0, 7.0);
    }

    std::shared_ptr<const DigitSet> m_set;
    std::vector<SampleOrigin> m_origins;
    AugmentationOptions m_options;
    AugmentationOptions m_pictureOptions;
};

} // namespace

std::vector<std::string> augmentationNames()
{
    std::vector<std::string> names;
    for (const Knob& knob : knobs) {
        names.emplace_back(knob.name);
    }
    return names;
}

AugmentationOptions AugmentationOptions::usual()
{
    AugmentationOptions options;
    for (const Knob& knob : knobs) {
        options.*knob.strength = knob.usual;
    }
    return options;
}

Result<AugmentationOptions> augmentationFromText(const std::string& text)
{
    AugmentationOptions options;
    std::string_view rest = text;
    do {
        const std::string_view item = rest.substr(0, rest.find(','));
        if (item == "all") {
            options = AugmentationOptions::usual();
        } else if (item == "none") {
            options = AugmentationOptions();
        } else if (const auto set = setKnob(options, item); !set) {
            return set.error();
        }
        rest.remove_prefix(std::min(rest.size(), item.size() + 1));
    } while (!rest.empty());
    return options;
}

std::string augmentationText(const AugmentationOptions& options)
{
    std::string text;
    for (const Knob& knob : knobs) {
        if (const double strength = options.*knob.strength; strength != 0) {
            // Piece by piece: GCC 12 warns, wrongly, where a literal comes before a string.
            text += text.empty() ? "" : ",";
            text += knob.name;
            text += '=';
            text += shortest(strength);
        }
    }
    return text.empty() ? "none" : text;
}

std::shared_ptr<const SampleRenderer> augmenter(std::shared_ptr<const DigitSet> set,
                                                std::vector<SampleOrigin> origins,
                                                const AugmentationOptions& options)
{
    return std::make_shared<const Augmenter>(std::move(set), std::move(origins), options);
}

} // namespace digitpad
