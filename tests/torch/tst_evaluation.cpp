#include "core/torch/logits.h"
#include "core/torch/model.h"
#include "tests/torch/testdata.h"

#include <QtTest>

#include <algorithm>
#include <atomic>
#include <cmath>

using namespace digitpad;

class EvaluationTest : public QObject
{
    Q_OBJECT

    DigitSet m_set;
    std::shared_ptr<DigitNet> m_network;
    const PixelTable m_pixels{0.5, 0.5};

    [[nodiscard]] Result<Logits> logits(int threads) const
    {
        return computeLogits(*m_network, m_pixels, m_set, threads, {});
    }

    [[nodiscard]] TorchModel model() const
    {
        ModelInfo info;
        info.network = "mlp";
        return TorchModel(info, *m_network);
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_set = syntheticDigits(600, 3, {});
        m_network = makeNetwork("mlp", digitOutputs, 4);
    }

    void agreesWithOneImageAfterTheOther()
    {
        auto classifier = std::move(model().makeClassifier()).value();
        double loss = 0;
        std::array<std::array<std::int64_t, digitClasses>, digitClasses> confusion{};
        for (std::size_t i = 0; i < m_set.size(); ++i) {
            const auto prediction = classifier->classify(m_set.digitImage(i)).value();
            const std::size_t truth = m_set.labels[i];
            loss -= std::log(static_cast<double>(prediction.probabilities[truth]));
            ++confusion[truth][static_cast<std::size_t>(prediction.digit)];
        }
        const auto evaluation = model().evaluate(m_set, {});
        QVERIFY(evaluation.ok());
        QCOMPARE(evaluation->images, m_set.size());
        QVERIFY(std::abs(evaluation->loss - loss / static_cast<double>(m_set.size())) < 1e-5);
        QVERIFY(evaluation->confusion == confusion);
        std::int64_t correct = 0;
        for (std::size_t i = 0; i < confusion.size(); ++i) {
            correct += confusion[i][i];
        }
        QCOMPARE(evaluation->accuracy, static_cast<double>(correct) / static_cast<double>(m_set.size()));
    }

    void doesNotDependOnTheThreads() { QVERIFY(logits(1)->values == logits(3)->values); }

    void leavesTheModeAsItWas()
    {
        m_network->train();
        QVERIFY(logits(1).ok());
        QVERIFY(m_network->is_training());
    }

    void canBeStopped()
    {
        std::atomic<int> asked = 0;
        const auto evaluation = model().evaluate(m_set, [&] { return ++asked < 2; });
        QVERIFY(!evaluation.ok());
        QCOMPARE(evaluation.error().code, ErrorCode::Cancelled);
    }

    void anEmptySetHasNoFigures()
    {
        const auto evaluation = model().evaluate(DigitSet{}, {});
        QVERIFY(evaluation.ok());
        QCOMPARE(evaluation->images, std::size_t{0});
        QCOMPARE(evaluation->accuracy, 0.0);
    }

    void temperatureSoftensWithoutChangingTheGuess()
    {
        ModelInfo info;
        info.network = "mlp";
        const auto read = [&] {
            return TorchModel(info, *m_network)
                .makeClassifier()
                .value()
                ->classify(m_set.digitImage(0))
                .value();
        };
        const Prediction plain = read();
        info.temperature = 3;
        const Prediction soft = read();
        QCOMPARE(soft.digit, plain.digit);
        QVERIFY(soft.confidence < plain.confidence);
        const auto ratio = [](const Prediction& prediction) {
            return std::log(static_cast<double>(prediction.probabilities[0] / prediction.probabilities[1]));
        };
        QVERIFY(std::abs(ratio(plain) - 3 * ratio(soft)) < 1e-4);
    }

    void aBlankImageGetsNoDigit()
    {
        auto classifier = std::move(model().makeClassifier()).value();
        const std::vector<DigitImage> images{DigitImage{}, m_set.digitImage(0), DigitImage{}};
        const auto predictions = classifier->classify(images).value();
        QCOMPARE(predictions.size(), std::size_t{3});
        QCOMPARE(predictions[0].digit, -1);
        QVERIFY(!predictions[0].accepted);
        QVERIFY(predictions[1].digit >= 0);
        QVERIFY(predictions[1].image == images[1]);
        QCOMPARE(predictions[2].digit, -1);
        const auto sum =
            std::accumulate(predictions[1].probabilities.begin(), predictions[1].probabilities.end(), 0.0F);
        QVERIFY(std::abs(sum - 1.0F) < 1e-5F);
    }
};

QTEST_GUILESS_MAIN(EvaluationTest)
#include "tst_evaluation.moc"
