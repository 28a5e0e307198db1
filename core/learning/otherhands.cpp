#include "core/learning/otherhands.h"

#include "core/data/mnist.h"
#include "core/data/syntheticdigits.h"
#include "core/data/syntheticnodigits.h"

#include <QLoggingCategory>

#include <utility>

namespace digitpad {

namespace {

Q_LOGGING_CATEGORY(handLog, "digitpad.hand")

constexpr std::size_t trainingImages = 20'000;
constexpr std::size_t noDigitImages = 1'000;
constexpr std::size_t syntheticTestImages = 5'000;
constexpr std::uint64_t seed = 1;
/// Other digits than those learned from, and than the Training tab's.
constexpr std::uint64_t testSeed = 0x0DD;

Error cancelled()
{
    return {ErrorCode::Cancelled, "Reading the data was cancelled."};
}

Result<OtherHands> readMnist(const QString& folder, const std::function<bool()>& keepGoing)
{
    auto training = readMnistTraining(folder);
    if (!training) {
        return training.error();
    }
    if (!keepGoing()) {
        return cancelled();
    }
    auto test = readMnistTest(folder);
    if (!test) {
        return test.error();
    }
    return OtherHands{splitForValidation(*training, trainingImages, seed).validation, std::move(*test), {}};
}

OtherHands makeSynthetic(const std::function<bool()>& keepGoing)
{
    return {syntheticDigits(trainingImages, seed, keepGoing),
            syntheticDigits(syntheticTestImages, testSeed, keepGoing),
            {}};
}

Result<OtherHands> loadDigits(const std::function<bool()>& keepGoing)
{
    const QString folder = findMnist();
    if (folder.isEmpty()) {
        return makeSynthetic(keepGoing);
    }
    auto mnist = readMnist(folder, keepGoing);
    if (mnist || mnist.error().code == ErrorCode::Cancelled) {
        return mnist;
    }
    // The synthetic digits do as well, and the result says which it was.
    qCWarning(handLog).noquote() << QString::fromStdString(mnist.error().message)
                                 << QString::fromStdString(mnist.error().details);
    return makeSynthetic(keepGoing);
}

} // namespace

Result<OtherHands> loadOtherHands(const std::function<bool()>& keepGoing)
{
    auto others = loadDigits(keepGoing);
    if (!others) {
        return others;
    }
    others->noDigits = syntheticNoDigits(noDigitImages, seed, keepGoing);
    if (!keepGoing()) {
        return cancelled();
    }
    return others;
}

} // namespace digitpad
