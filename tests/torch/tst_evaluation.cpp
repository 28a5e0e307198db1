#include "core/torch/evaluation.h"
#include "core/torch/model.h"
#include "tests/torch/testdata.h"

#include <QtTest>

#include <algorithm>
#include <cmath>
#include <thread>

using namespace digitpad;

class EvaluationTest : public QObject
{
    Q_OBJECT

    DigitSet m_set;
    std::shared_ptr<DigitNet> m_network;
    const PixelScaling m_pixels{0.5, 0.5};

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
        const auto evaluation = model().evaluate(m_set, [] { return false; });
        QVERIFY(!evaluation.ok());
        QCOMPARE(evaluation.error().code, ErrorCode::Cancelled);
        int asked = 0; // Not atomic: asked on this thread alone.
        const std::thread::id thread = std::this_thread::get_id();
        const auto half = computeLogits(*m_network, PixelScaling(0.5, 0.5), m_set, 1,
                                        [&] { return ++asked < 2 && std::this_thread::get_id() == thread; });
        QVERIFY(!half.ok());
        QCOMPARE(asked, 2);
    }

    void figuresOfHandMadeLogits()
    {
        // Logits of ln p: the softmax gives p back.
        const auto row = [](int digit, double p) {
            std::vector<float> values(digitClasses, static_cast<float>(std::log((1 - p) / 9)));
            values[static_cast<std::size_t>(digit)] = static_cast<float>(std::log(p));
            return values;
        };
        DigitSet set;
        Logits answers;
        const auto add = [&](int label, int guess, double confidence, bool ink) {
            DigitImage image;
            image.pixels[400] = ink ? 255 : 0;
            set.add(image, label);
            const auto values = row(guess, confidence);
            answers.values.insert(answers.values.end(), values.begin(), values.end());
        };
        add(3, 3, 0.97, true); // Bin 15, right.
        add(4, 4, 0.95, true); // Bin 15, right.
        add(5, 6, 0.95, true); // Bin 15, wrong.
        add(7, 7, 0.42, true); // Bin 7, right, not accepted.
        add(noDigitLabel, 1, 0.95, true);
        add(noDigitLabel, 1, 0.2, true);
        add(noDigitLabel, 1, 0.99, false); // No ink: no digit, whatever the network says.
        const auto evaluation = evaluationOf(answers, set, LogitReader(ModelInfo{}));
        QCOMPARE(evaluation.images, std::size_t{4});
        QCOMPARE(evaluation.accuracy, 0.75);
        QCOMPARE(evaluation.confusion[5][6], std::int64_t{1});
        QCOMPARE(evaluation.turnedAway, std::size_t{1});
        QCOMPARE(evaluation.noDigits, std::size_t{3});
        QCOMPARE(evaluation.noDigitsAccepted, std::size_t{1});
        const double expectedError = (std::abs(0.97 + 0.95 + 0.95 - 2) + std::abs(0.42 - 1)) / 4;
        QVERIFY(std::abs(evaluation.calibrationError - expectedError) < 1e-6);
        // 4 × 3 pairs: 0.97 wins 3, each 0.95 wins 2 and ties 1, 0.42 wins 2.
        QVERIFY(std::abs(evaluation.auroc - (3 + 2.5 + 2.5 + 2) / 12.0) < 1e-9);
        const double expectedLoss =
            -(std::log(0.97) + std::log(0.95) + std::log(0.05 / 9) + std::log(0.42)) / 4;
        QVERIFY(std::abs(evaluation.loss - expectedLoss) < 1e-6);
    }

    void noDigitIsAClassOfTheLossAlone()
    {
        DigitSet set;
        DigitImage image;
        image.pixels.fill(9);
        set.add(image, 2);
        set.add(image, noDigitLabel);
        Logits answers;
        answers.outputs = digitClasses + 1;
        answers.values.assign(2 * answers.outputs, 0.0F);
        answers.values[2] = 1;                              // The digit: its logit is 1,
        answers.values[noDigitLabel] = 3;                   // that of "no digit" 3.
        answers.values[answers.outputs + noDigitLabel] = 2; // The other image.
        ModelInfo info;
        info.hasNoDigitClass = true;
        info.digitScoring = DigitScoring{2, 1, 0.2};
        const auto evaluation = evaluationOf(answers, set, LogitReader(info));
        QCOMPARE(evaluation.accuracy, 1.0);
        const double digitLoss = std::log(9 + std::exp(1.0) + std::exp(3.0)) - 1;
        const double noDigitLoss = std::log(10 + std::exp(2.0)) - 2;
        QVERIFY(std::abs(evaluation.loss - digitLoss) < 1e-6);
        QVERIFY(std::abs(meanCrossEntropy(answers, set) - (digitLoss + noDigitLoss) / 2) < 1e-6);

        const auto reading = LogitReader(info).read(answers.row(0));
        const double evidence = std::log(9 + std::exp(1.0)) - 3;
        const double score = 1 / (1 + std::exp(-(2 * evidence + 1)));
        QVERIFY(std::abs(static_cast<double>(reading.digitScore) - score) < 1e-6);
        QVERIFY(reading.accepted == (score >= 0.2));
        QVERIFY(std::abs(static_cast<double>(reading.confidence) - std::exp(1.0) / (9 + std::exp(1.0))) <
                1e-6);
    }

    void areaUnderTheRocCurve_data()
    {
        QTest::addColumn<std::vector<float>>("positive");
        QTest::addColumn<std::vector<float>>("negative");
        QTest::addColumn<double>("expected");
        using Scores = std::vector<float>;
        QTest::newRow("all above") << Scores{0.9F, 0.8F} << Scores{0.1F, 0.2F, 0.3F} << 1.0;
        QTest::newRow("all below") << Scores{0.1F} << Scores{0.2F, 0.3F} << 0.0;
        QTest::newRow("all ties") << Scores{0.5F, 0.5F} << Scores{0.5F} << 0.5;
        QTest::newRow("mixed") << Scores{0.5F, 0.2F} << Scores{0.3F, 0.2F} << (1 + 1 + 0 + 0.5) / 4;
        QTest::newRow("no positives") << Scores{} << Scores{0.3F} << -1.0;
        QTest::newRow("no negatives") << Scores{0.3F} << Scores{} << -1.0;
    }
    void areaUnderTheRocCurve()
    {
        QFETCH(std::vector<float>, positive);
        QFETCH(std::vector<float>, negative);
        QFETCH(double, expected);
        QCOMPARE(areaUnderRoc(positive, negative), expected);
    }

    void refusesLabelsThatNobodyKnows()
    {
        DigitSet set = m_set;
        set.labels[0] = 11;
        const auto evaluation = model().evaluate(set, {});
        QVERIFY(!evaluation.ok());
        QCOMPARE(evaluation.error().code, ErrorCode::InvalidInput);
        set.labels[0] = noDigitLabel; // Of a model for digits alone, too.
        QCOMPARE(model().evaluate(set, {})->noDigits, std::size_t{1});
    }

    void classifierAndEvaluationAgreeOnWhatIsAccepted()
    {
        const auto network = makeNetwork("cnn", noDigitOutputs, 4);
        network->eval();
        const auto withThreshold = [&](double threshold) {
            ModelInfo info;
            info.network = "cnn";
            info.digitScoring = DigitScoring{1.3, 0.2, threshold};
            return TorchModel(info, *network);
        };
        std::vector<float> scores;
        auto any = std::move(withThreshold(0).makeClassifier()).value();
        for (std::size_t i = 0; i < m_set.size(); ++i) {
            const auto prediction = any->classify(m_set.digitImage(i)).value();
            QVERIFY(prediction.accepted);
            QVERIFY(prediction.digitScore > 0 && prediction.digitScore < 1);
            scores.push_back(prediction.digitScore);
        }
        std::nth_element(scores.begin(), scores.begin() + 300, scores.end());
        const TorchModel half = withThreshold(static_cast<double>(scores[300]));
        auto classifier = std::move(half.makeClassifier()).value();
        std::size_t turnedAway = 0;
        for (std::size_t i = 0; i < m_set.size(); ++i) {
            const auto prediction = classifier->classify(m_set.digitImage(i)).value();
            QCOMPARE(prediction.accepted, prediction.digitScore >= scores[300]);
            turnedAway += prediction.accepted ? 0 : 1;
        }
        QVERIFY(turnedAway > 290 && turnedAway <= 300); // Ties at the threshold are accepted.
        // The classifier's folded weights round differently; some scores lie that near to the threshold.
        const auto evaluation = half.evaluate(m_set, {});
        QVERIFY(std::abs(static_cast<double>(evaluation->turnedAway) - static_cast<double>(turnedAway)) <= 6);
        const auto blank = classifier->classify(DigitImage{}).value();
        QCOMPARE(blank.digitScore, 0.0F);
        QVERIFY(!blank.accepted);
    }

    void aModelWithoutAScoreGoesByItsConfidence()
    {
        auto classifier = std::move(model().makeClassifier()).value();
        const auto prediction = classifier->classify(m_set.digitImage(0)).value();
        QCOMPARE(prediction.digitScore, -1.0F);
        QCOMPARE(prediction.accepted, prediction.confidence >= acceptanceThreshold);
    }

    void anEmptySetHasNoFigures()
    {
        const auto evaluation = model().evaluate(DigitSet{}, {});
        QVERIFY(evaluation.ok());
        QCOMPARE(evaluation->images, std::size_t{0});
        QCOMPARE(evaluation->accuracy, 0.0);
        QCOMPARE(evaluation->calibrationError, 0.0);
        QCOMPARE(evaluation->auroc, -1.0);
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
