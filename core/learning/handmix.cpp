#include "core/learning/handmix.h"

#include "core/base/random.h"
#include "core/data/augmentation.h"
#include "core/image/normalizer.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <numeric>
#include <utility>

namespace digitpad {

namespace {

/// 0 to `count` - 1 in random order.
std::vector<std::size_t> shuffled(std::size_t count, Random& random)
{
    std::vector<std::size_t> order(count);
    std::iota(order.begin(), order.end(), std::size_t{0});
    for (std::size_t i = count; i > 1; --i) {
        std::swap(order[i - 1], order[random.below(i)]);
    }
    return order;
}

/// How one drawing differs from time to time.
AugmentationOptions variationOf(double strength)
{
    AugmentationOptions options = AugmentationOptions::usual();
    for (double* knob : {&options.rotate, &options.slant, &options.stretch, &options.bend, &options.penWidth,
                         &options.jitter, &options.trim, &options.shift}) {
        *knob *= strength;
    }
    return options;
}

/// Own drawings, drawn anew each time.
std::shared_ptr<const SampleRenderer> ownRenderer(const std::vector<LabelledInk>& drawings, double variation)
{
    auto images = std::make_shared<const DigitSet>(imagesOf(drawings));
    std::vector<SampleOrigin> origins;
    origins.reserve(drawings.size());
    for (const LabelledInk& drawing : drawings) {
        origins.push_back({SampleOrigin::Kind::Strokes, std::make_shared<const Ink>(drawing.ink)});
    }
    return augmenter(std::move(images), std::move(origins), variationOf(variation));
}

/// The first `ownCount` samples are own drawings in turn; the rest are others' pictures as they are.
class MixRenderer final : public SampleRenderer
{
public:
    MixRenderer(std::shared_ptr<const SampleRenderer> own, std::size_t drawings, std::size_t ownCount,
                std::shared_ptr<const DigitSet> set)
        : m_own(std::move(own))
        , m_drawings(drawings)
        , m_ownCount(ownCount)
        , m_set(std::move(set))
    {
    }

    void render(std::size_t index, std::uint64_t seed, std::uint8_t* pixels) const override
    {
        if (index < m_ownCount) {
            m_own->render(index % m_drawings, seed, pixels);
        } else {
            std::memcpy(pixels, m_set->image(index), digitPixels);
        }
    }

private:
    std::shared_ptr<const SampleRenderer> m_own;
    std::size_t m_drawings;
    std::size_t m_ownCount;
    std::shared_ptr<const DigitSet> m_set;
};

std::size_t part(double share, std::size_t whole)
{
    return static_cast<std::size_t>(std::llround(share * static_cast<double>(whole)));
}

/// `count` images of `source`, none twice before all came once; none where it has none.
void addRandomly(DigitSet& set, const DigitSet& source, std::size_t count, Random& random)
{
    const auto order = shuffled(source.size(), random);
    for (std::size_t i = 0; i < count && !order.empty(); ++i) {
        const std::size_t index = order[i % order.size()];
        set.add(source.digitImage(index), source.labels[index]);
    }
}

std::size_t ownImages(std::size_t drawings, const HandLearningOptions& options)
{
    return std::min(part(options.ownShare, options.images), drawings * options.drawsEach);
}

} // namespace

std::vector<int> dealIntoFolds(const std::vector<LabelledInk>& drawings, int folds, std::uint64_t seed)
{
    std::array<std::size_t, digitClasses> counts{};
    for (const LabelledInk& drawing : drawings) {
        ++counts[static_cast<std::size_t>(drawing.digit)];
    }
    Random random(seed);
    std::vector<int> result(drawings.size(), -1);
    // Dealt on from digit to digit, so that the folds are of one size, too.
    int next = 0;
    const auto order = shuffled(drawings.size(), random);
    for (int digit = 0; digit < digitClasses; ++digit) {
        if (counts[static_cast<std::size_t>(digit)] < 2) {
            continue;
        }
        for (const std::size_t index : order) {
            if (drawings[index].digit == digit) {
                result[index] = next;
                next = (next + 1) % folds;
            }
        }
    }
    return result;
}

TrainingData mixWithOthers(const std::vector<LabelledInk>& drawings, const MixedOthers& others,
                           const HandLearningOptions& options, const std::string& name)
{
    const std::size_t own = ownImages(drawings.size(), options);
    auto set = std::make_shared<DigitSet>();
    set->name = name;
    set->images.reserve(options.images * digitPixels);
    set->images.resize(own * digitPixels); // The renderer's.
    for (std::size_t i = 0; i < own; ++i) {
        set->labels.push_back(static_cast<std::uint8_t>(drawings[i % drawings.size()].digit));
    }
    Random random(options.seed);
    const std::size_t rest = options.images - own;
    const std::size_t noDigits = std::min(part(options.noDigitShare, options.images), rest);
    addRandomly(*set, others.noDigits, noDigits, random);
    addRandomly(*set, others.hard, part(options.hardShare, options.images - set->size()), random);
    addRandomly(*set, others.digits, options.images - set->size(), random);
    TrainingData data;
    data.training = set;
    data.validation = std::make_shared<const DigitSet>();
    data.test = std::make_shared<const DigitSet>();
    data.renderer = std::make_shared<const MixRenderer>(ownRenderer(drawings, options.variation),
                                                        drawings.size(), own, set);
    return data;
}

DigitSet imagesOf(const std::vector<LabelledInk>& drawings)
{
    DigitSet set;
    set.name = "my digits";
    for (const LabelledInk& drawing : drawings) {
        set.add(normalizeInk(drawing.ink), drawing.digit);
    }
    return set;
}

} // namespace digitpad
