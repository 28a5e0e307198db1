#include "core/learning/hardsamples.h"

#include <algorithm>
#include <numeric>
#include <optional>
#include <span>
#include <thread>

namespace digitpad {

namespace {

constexpr std::size_t batchImages = 128;

/// Fills `certainty` for the samples from `begin` to `end`.
std::optional<Error> readPart(const Model& model, const DigitSet& set, std::size_t begin, std::size_t end,
                              std::span<float> certainty, const std::function<bool()>& keepGoing)
{
    const auto classifier = model.makeClassifier();
    if (!classifier) {
        return classifier.error();
    }
    std::vector<DigitImage> images;
    for (std::size_t first = begin; first < end; first += batchImages) {
        if (!keepGoing()) {
            return Error{ErrorCode::Cancelled, "Reading the digits was cancelled."};
        }
        images.clear();
        for (std::size_t i = first; i < std::min(end, first + batchImages); ++i) {
            images.push_back(set.digitImage(i));
        }
        const auto predictions = (*classifier)->classify(images);
        if (!predictions) {
            return predictions.error();
        }
        for (std::size_t i = 0; i < images.size(); ++i) {
            certainty[first + i] = (*predictions)[i].probabilities[set.labels[first + i]];
        }
    }
    return std::nullopt;
}

} // namespace

Result<std::vector<std::size_t>> hardestSamples(const Model& model, const DigitSet& set, std::size_t count,
                                                const std::function<bool()>& keepGoing)
{
    std::vector<float> certainty(set.size());
    const std::size_t half = std::thread::hardware_concurrency() > 1 ? set.size() / 2 : 0;
    std::optional<Error> otherFailure;
    std::thread other([&] { otherFailure = readPart(model, set, 0, half, certainty, keepGoing); });
    const auto failure = readPart(model, set, half, set.size(), certainty, keepGoing);
    other.join();
    if (failure || otherFailure) {
        return failure ? *failure : *otherFailure;
    }
    std::vector<std::size_t> order(set.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    const auto kept = static_cast<std::ptrdiff_t>(std::min(count, order.size()));
    std::partial_sort(order.begin(), order.begin() + kept, order.end(), [&](std::size_t a, std::size_t b) {
        return certainty[a] != certainty[b] ? certainty[a] < certainty[b] : a < b;
    });
    order.resize(static_cast<std::size_t>(kept));
    return order;
}

} // namespace digitpad
