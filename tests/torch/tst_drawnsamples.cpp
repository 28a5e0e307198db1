#include "tests/torch/testdata.h"

#include <QtTest>

#include <algorithm>
#include <cmath>
#include <map>
#include <mutex>
#include <set>

using namespace digitpad;

namespace {

TrainingOptions smallOptions()
{
    TrainingOptions options;
    options.epochs = 2;
    options.batchSize = 32;
    options.learningRate = 0.003;
    return options;
}

/// A bar of 12×2 pixels whose height tells the label, and whose place in its row follows from the seed.
class BarRenderer final : public SampleRenderer
{
public:
    void render(std::size_t index, std::uint64_t seed, std::uint8_t* pixels) const override
    {
        std::fill_n(pixels, digitPixels, std::uint8_t{0});
        const std::size_t top = 4 + 2 * (index % digitClasses);
        const std::size_t left = Random(seed).below(digitSide - 12);
        for (const std::size_t row : {top, top + 1}) {
            std::fill_n(pixels + row * digitSide + left, 12, std::uint8_t{255});
        }
        const std::lock_guard lock(m_mutex);
        m_seeds[index].push_back(seed);
    }

    [[nodiscard]] std::map<std::size_t, std::vector<std::uint64_t>> seeds() const
    {
        const std::lock_guard lock(m_mutex);
        return m_seeds;
    }

private:
    mutable std::mutex m_mutex;
    mutable std::map<std::size_t, std::vector<std::uint64_t>> m_seeds;
};

/// Labels alone: the images come from the renderer.
TrainingData barData(const std::shared_ptr<const BarRenderer>& renderer, std::size_t count)
{
    DigitSet training;
    DigitSet validation;
    for (std::size_t i = 0; i < count; ++i) {
        training.labels.push_back(static_cast<std::uint8_t>(i % digitClasses));
        DigitImage image;
        renderer->render(i, 1'000 + i, image.pixels.data());
        validation.add(image, static_cast<int>(i % digitClasses));
    }
    return {std::make_shared<const DigitSet>(training), std::make_shared<const DigitSet>(validation), nullptr,
            renderer};
}

} // namespace

/// Training images that a SampleRenderer draws.
class DrawnSamplesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void drawsSamplesAnew()
    {
        const auto renderer = std::make_shared<const BarRenderer>();
        TrainingOptions options = smallOptions();
        options.epochs = 8;
        const TrainingData data = barData(renderer, 200);
        RecordingObserver observer;
        const auto result = trained(options, data, observer);
        QVERIFY2(result.ok(), result ? "" : result.error().message.c_str());
        QVERIFY2(result->epochs.back().validationAccuracy > 0.9,
                 qPrintable(QString::number(result->epochs.back().validationAccuracy)));
        std::set<std::uint64_t> seen;
        std::size_t asked = 0;
        for (const auto& [index, seeds] : renderer->seeds()) {
            seen.insert(seeds.begin(), seeds.end());
            asked += seeds.size();
        }
        QCOMPARE(asked, std::size_t{200 * 9}); // Eight epochs, and the validation images above.
        QCOMPARE(seen.size(), asked);
    }

    void drawnSamplesDoNotDependOnTheThreads()
    {
        std::map<std::size_t, std::vector<std::uint64_t>> expected;
        for (const int threads : {1, 3}) {
            const auto renderer = std::make_shared<const BarRenderer>();
            TrainingOptions options = smallOptions();
            options.threads = threads;
            const TrainingData data = barData(renderer, 100);
            RecordingObserver observer;
            QVERIFY(trained(options, data, observer).ok());
            if (threads == 1) {
                expected = renderer->seeds();
            }
            QVERIFY(renderer->seeds() == expected);
        }
    }

    void plainEpochsSeeTheSetsOwnImages_data()
    {
        QTest::addColumn<int>("plain");
        QTest::newRow("none") << 0;
        QTest::newRow("the last two") << 2;
        QTest::newRow("all") << 5;
    }
    void plainEpochsSeeTheSetsOwnImages()
    {
        QFETCH(int, plain);
        const auto renderer = std::make_shared<const BarRenderer>();
        TrainingData data = barData(renderer, 100);
        DigitSet set = *data.validation; // The same labels, with images.
        data.training = std::make_shared<const DigitSet>(std::move(set));
        const std::size_t before = renderer->seeds()[0].size();
        TrainingOptions options = smallOptions();
        options.epochs = 5;
        options.plainEpochs = plain;
        RecordingObserver observer;
        QVERIFY(trained(options, data, observer).ok());
        QCOMPARE(renderer->seeds()[0].size() - before, std::size_t(5 - plain));
    }

    void aSetWithoutImagesIsAlwaysDrawn()
    {
        const auto renderer = std::make_shared<const BarRenderer>();
        TrainingOptions options = smallOptions();
        options.plainEpochs = 2;
        RecordingObserver observer;
        QVERIFY(trained(options, barData(renderer, 100), observer).ok());
        QCOMPARE(renderer->seeds()[0].size(), std::size_t{3});
    }

    void normalisesByTheDrawnSamples()
    {
        const auto renderer = std::make_shared<const BarRenderer>();
        TrainingOptions options = smallOptions();
        options.epochs = 1;
        options.normalization = NormalizationChoice::Exact;
        const TrainingData data = barData(renderer, 100);
        RecordingObserver observer;
        const auto result = trained(options, data, observer);
        QVERIFY(result.ok());
        QVERIFY(std::abs(result->last->info().mean - 24.0 / digitPixels) < 1e-9);
    }
};

QTEST_GUILESS_MAIN(DrawnSamplesTest)
#include "tst_drawnsamples.moc"
