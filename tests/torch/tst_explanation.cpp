#include "core/torch/model.h"
#include "tests/torch/testdata.h"

#include <QtTest>

#include <cmath>
#include <numeric>
#include <thread>

using namespace digitpad;

namespace {

double sumOf(const std::array<float, digitPixels>& map)
{
    return std::accumulate(map.begin(), map.end(), 0.0);
}

float logitOf(const TorchModel& model, const DigitImage& image, int column)
{
    const torch::NoGradGuard noGrad;
    const auto input = torch::empty({1, 1, digitSide, digitSide});
    model.pixels().apply(image.pixels.data(), input.data_ptr<float>());
    return model.network().forward(input)[0][column].item<float>();
}

} // namespace

class ExplanationTest : public QObject
{
    Q_OBJECT

    TrainingData m_data;
    std::map<QString, std::shared_ptr<const Model>> m_models;

    const TorchModel& model(const QString& network) const
    {
        return dynamic_cast<const TorchModel&>(*m_models.at(network));
    }

    static void addNetworkRows()
    {
        QTest::addColumn<QString>("network");
        for (const char* network : {"mlp", "mlp-dropout", "cnn"}) {
            QTest::newRow(network) << network;
        }
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_data = dataWithNoDigits(1'000, 100, 20);
        for (const char* network : {"mlp", "mlp-dropout", "cnn"}) {
            TrainingOptions options;
            options.network = network;
            options.epochs = 2;
            options.batchSize = 32;
            options.learningRate = 0.003;
            RecordingObserver observer;
            const auto result = trained(options, m_data, observer);
            QVERIFY(result.ok());
            m_models[QString::fromLatin1(network)] = result->last;
        }
    }

    void mapsAddUpToTheLogits_data() { addNetworkRows(); }
    void mapsAddUpToTheLogits()
    {
        QFETCH(QString, network);
        for (std::size_t i = 0; i < 20; ++i) {
            const DigitImage image = m_data.test->digitImage(i);
            const int digit = readingOf(model(network), image).digit;
            const int rival = (digit + 3) % digitClasses;
            const auto explanation = model(network).explain(image, digit, rival);
            QVERIFY(explanation.ok());
            QCOMPARE(explanation->digit, digit);
            QCOMPARE(explanation->rival, rival);
            const auto rise = [&](int column) {
                return static_cast<double>(logitOf(model(network), image, column)) -
                       static_cast<double>(logitOf(model(network), DigitImage{}, column));
            };
            // The tolerance that core/torch/explainer.h states.
            const auto near = [](double sum, double expected) {
                const bool close = std::abs(sum - expected) < 0.05 + 0.03 * std::abs(expected);
                if (!close) {
                    qWarning() << "the map's sum is" << sum << "instead of" << expected;
                }
                return close;
            };
            QVERIFY(near(sumOf(explanation->forDigit), rise(digit)));
            QVERIFY(near(sumOf(explanation->againstRival), rise(digit) - rise(rival)));
        }
    }

    void paperSpeaksNeitherForNorAgainst_data() { addNetworkRows(); }
    void paperSpeaksNeitherForNorAgainst()
    {
        QFETCH(QString, network);
        const DigitImage image = m_data.test->digitImage(0);
        const auto explanation = model(network).explain(image, 3, 8).value();
        double strongest = 0;
        for (std::size_t i = 0; i < image.pixels.size(); ++i) {
            if (image.pixels[i] == 0) {
                QCOMPARE(explanation.forDigit[i], 0.0F);
                QCOMPARE(explanation.againstRival[i], 0.0F);
            }
            strongest = std::max(strongest, std::abs(static_cast<double>(explanation.forDigit[i])));
        }
        QVERIFY(strongest > 0.01);
        const auto blank = model(network).explain(DigitImage{}, 3, 8);
        QVERIFY(blank.ok());
        QCOMPARE(sumOf(blank->forDigit), 0.0);
    }

    void showsTheFirstLayer_data()
    {
        QTest::addColumn<QString>("network");
        QTest::addColumn<int>("count");
        QTest::addColumn<int>("side");
        QTest::addColumn<int>("filterSide");
        QTest::newRow("mlp") << "mlp" << 128 << 1 << 28;
        QTest::newRow("mlp-dropout") << "mlp-dropout" << 512 << 1 << 28;
        QTest::newRow("cnn") << "cnn" << 24 << 28 << 5;
    }
    void showsTheFirstLayer()
    {
        QFETCH(QString, network);
        QFETCH(int, count);
        QFETCH(int, side);
        QFETCH(int, filterSide);
        const auto layer = model(network).explain(m_data.test->digitImage(1), 1, 7)->firstLayer;
        QCOMPARE(layer.count, count);
        QCOMPARE(layer.width, side);
        QCOMPARE(layer.height, side);
        QCOMPARE(layer.values.size(), static_cast<std::size_t>(count * side * side));
        QCOMPARE(layer.filterWidth, filterSide);
        QCOMPARE(layer.filterHeight, filterSide);
        QCOMPARE(layer.filters.size(), static_cast<std::size_t>(count * filterSide * filterSide));
        QVERIFY(std::all_of(layer.values.begin(), layer.values.end(), [](float v) { return v >= 0; }));
        QVERIFY(std::any_of(layer.values.begin(), layer.values.end(), [](float v) { return v > 0; }));
        QVERIFY(std::any_of(layer.filters.begin(), layer.filters.end(), [](float v) { return v < 0; }));
    }

    void refusesWhatIsNoDigit_data()
    {
        QTest::addColumn<int>("digit");
        QTest::addColumn<int>("rival");
        QTest::newRow("below") << -1 << 3;
        QTest::newRow("above") << 10 << 3;
        QTest::newRow("rival below") << 3 << -1;
        QTest::newRow("rival above") << 3 << 10;
    }
    void refusesWhatIsNoDigit()
    {
        QFETCH(int, digit);
        QFETCH(int, rival);
        const auto explanation =
            model(QStringLiteral("mlp")).explain(m_data.test->digitImage(0), digit, rival);
        QVERIFY(!explanation.ok());
        QCOMPARE(explanation.error().code, ErrorCode::InvalidInput);
    }

    void mayBeAskedFromSeveralThreads()
    {
        const DigitImage image = m_data.test->digitImage(2);
        const TorchModel& cnn = model(QStringLiteral("cnn"));
        const auto expected = cnn.explain(image, 2, 3)->forDigit;
        std::array<std::array<float, digitPixels>, 4> maps{};
        std::vector<std::thread> threads;
        for (auto& map : maps) {
            threads.emplace_back([&] { map = cnn.explain(image, 2, 3)->forDigit; });
        }
        for (std::thread& thread : threads) {
            thread.join();
        }
        for (const auto& map : maps) {
            QVERIFY(map == expected);
        }
    }
};

QTEST_GUILESS_MAIN(ExplanationTest)
#include "tst_explanation.moc"
