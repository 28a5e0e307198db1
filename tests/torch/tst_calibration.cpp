#include "core/learning/logitreader.h"
#include "core/torch/calibration.h"
#include "tests/torch/testdata.h"

#include <QtTest>

#include <cmath>
#include <limits>
#include <set>

using namespace digitpad;

namespace {

struct Answers
{
    DigitSet set;
    Logits logits;

    void add(const std::vector<float>& row, int label, std::uint8_t ink = 200)
    {
        DigitImage image;
        image.pixels.fill(ink);
        set.add(image, label);
        logits.outputs = row.size();
        logits.values.insert(logits.values.end(), row.begin(), row.end());
    }
};

/// Labels drawn from the softmax of the logits divided by `temperature`: then that is the right one.
Answers answersOfTemperature(double temperature, int count)
{
    Random random(5);
    Answers answers;
    for (int i = 0; i < count; ++i) {
        std::array<double, digitClasses> weights{};
        std::vector<float> row;
        double total = 0;
        for (double& weight : weights) {
            const double logit = 2 * random.normal();
            row.push_back(static_cast<float>(logit * temperature));
            weight = std::exp(logit);
            total += weight;
        }
        double place = random.uniform() * total;
        int label = 0;
        while (label < digitClasses - 1 && place > weights[static_cast<std::size_t>(label)]) {
            place -= weights[static_cast<std::size_t>(label++)];
        }
        answers.add(row, label);
    }
    return answers;
}

std::vector<double> normalNumbers(double mean, std::size_t count, std::uint64_t seed)
{
    Random random(seed);
    std::vector<double> numbers(count);
    for (double& number : numbers) {
        number = mean + random.normal();
    }
    return numbers;
}

std::size_t turnedAway(const std::vector<double>& evidence, const DigitScoring& scoring)
{
    return static_cast<std::size_t>(std::count_if(evidence.begin(), evidence.end(), [&](double value) {
        return static_cast<double>(static_cast<float>(digitScore(scoring, value))) < scoring.threshold;
    }));
}

std::vector<float> surely(int digit, float logit, std::size_t outputs = digitClasses)
{
    std::vector<float> row(outputs, 0.0F);
    row[static_cast<std::size_t>(digit)] = logit;
    return row;
}

} // namespace

class CalibrationTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsTheTemperature_data()
    {
        QTest::addColumn<double>("temperature");
        for (const double temperature : {0.5, 1.0, 2.5}) {
            QTest::addRow("%.1f", temperature) << temperature;
        }
    }
    void findsTheTemperature()
    {
        QFETCH(double, temperature);
        const Answers answers = answersOfTemperature(temperature, 8'000);
        const double found = fitTemperature(answers.logits, answers.set);
        QVERIFY2(std::abs(found / temperature - 1) < 0.05, qPrintable(QString::number(found)));
    }

    void staysInItsRange()
    {
        Answers right;
        Answers wrong;
        for (int i = 0; i < 2'000; ++i) {
            right.add(surely(i % 10, 1), i % 10);
            wrong.add(surely(i % 10, 50), (i + 1) % 10);
        }
        QVERIFY(std::abs(fitTemperature(right.logits, right.set) - 0.2) < 0.01);
        QVERIFY(std::abs(fitTemperature(wrong.logits, wrong.set) - 10) < 0.01);
    }

    void fewImagesChangeLittle()
    {
        Answers answers;
        for (int digit = 0; digit < 5; ++digit) {
            answers.add(surely(digit, 6), digit);
        }
        const double found = fitTemperature(answers.logits, answers.set);
        QVERIFY2(found > 0.7 && found < 1.1, qPrintable(QString::number(found)));
        QVERIFY(std::abs(fitTemperature(Logits{}, DigitSet{}) - 1) < 0.01);
    }

    void findsTheLineOfTwoNormalDistributions()
    {
        // Means ±1 and variance 1: the log-odds are 2x; the sizes of the samples must not matter.
        const auto scoring = fitDigitScoring(normalNumbers(1, 20'000, 1), normalNumbers(-1, 2'000, 2));
        QVERIFY2(std::abs(scoring.slope - 2) < 0.1, qPrintable(QString::number(scoring.slope)));
        QVERIFY2(std::abs(scoring.offset) < 0.1, qPrintable(QString::number(scoring.offset)));
    }

    void farApartClassesStillHaveDistinctScores()
    {
        std::vector<double> digits = normalNumbers(400, 1'000, 1);
        const auto scoring = fitDigitScoring(digits, normalNumbers(-400, 1'000, 2));
        QVERIFY(scoring.slope > 0 && std::isfinite(scoring.slope) && std::isfinite(scoring.offset));
        std::set<float> scores;
        for (const double evidence : digits) {
            scores.insert(static_cast<float>(digitScore(scoring, evidence)));
        }
        QVERIFY2(scores.size() > 300, qPrintable(QString::number(scores.size())));
        QVERIFY(*scores.rbegin() < 1);
        QCOMPARE(turnedAway(digits, scoring), std::size_t{5});
    }

    void evidenceThatTellsNothingStillRises_data()
    {
        QTest::addColumn<double>("digits");
        QTest::addColumn<double>("noDigits");
        QTest::newRow("the wrong way round") << -1.0 << 1.0;
        QTest::newRow("all alike") << 0.0 << 0.0;
    }
    void evidenceThatTellsNothingStillRises()
    {
        QFETCH(double, digits);
        QFETCH(double, noDigits);
        const auto evidence = normalNumbers(digits, 1'000, 1);
        const auto scoring = fitDigitScoring(evidence, normalNumbers(noDigits, 1'000, 1));
        QVERIFY(scoring.slope > 0 && std::isfinite(scoring.offset));
        QCOMPARE(turnedAway(evidence, scoring), std::size_t{5});
    }

    void turnsAwayHalfAPercentByRank_data()
    {
        QTest::addColumn<int>("count");
        QTest::addColumn<int>("expected");
        QTest::newRow("200") << 200 << 1;
        QTest::newRow("399") << 399 << 1;
        QTest::newRow("1000") << 1'000 << 5;
        QTest::newRow("10000") << 10'000 << 50;
    }
    void turnsAwayHalfAPercentByRank()
    {
        QFETCH(int, count);
        QFETCH(int, expected);
        const auto digits = normalNumbers(5, static_cast<std::size_t>(count), 3);
        QCOMPARE(turnedAway(digits, fitDigitScoring(digits, {})), static_cast<std::size_t>(expected));
    }

    void fewDigitsTurnNobodyAway_data()
    {
        QTest::addColumn<double>("mean");
        QTest::addColumn<int>("count");
        QTest::newRow("199 sure ones") << 8.0 << 199;
        QTest::newRow("one sure one") << 8.0 << 1;
        QTest::newRow("ten unsure ones") << -2.0 << 10;
    }
    void fewDigitsTurnNobodyAway()
    {
        QFETCH(double, mean);
        QFETCH(int, count);
        const auto digits = normalNumbers(mean, static_cast<std::size_t>(count), 3);
        const auto scoring = fitDigitScoring(digits, {});
        QCOMPARE(turnedAway(digits, scoring), std::size_t{0});
        QVERIFY(scoring.threshold <= 0.5);
    }

    void withoutDigitsOneHalfIsTheThreshold()
    {
        QCOMPARE(fitDigitScoring({}, normalNumbers(0, 100, 1)).threshold, 0.5);
        QCOMPARE(fitDigitScoring({}, {}).threshold, 0.5);
    }

    void leavesOutImagesWithoutInk()
    {
        Answers answers;
        Answers with;
        for (int i = 0; i < 50; ++i) {
            for (Answers* target : {&answers, &with}) {
                target->add(surely(i % 10, 4, 11), i % 10);
                target->add(surely(10, 4, 11), noDigitLabel);
            }
            with.add(surely(3, 9, 11), i % 2 == 0 ? 8 : noDigitLabel, 0);
        }
        const Calibration one = calibrate(answers.logits, answers.set);
        const Calibration other = calibrate(with.logits, with.set);
        QCOMPARE(one.temperature, other.temperature);
        QCOMPARE(one.scoring.slope, other.scoring.slope);
        QCOMPARE(one.scoring.offset, other.scoring.offset);
        QCOMPARE(one.scoring.threshold, other.scoring.threshold);
    }

    void logitsThatAreNoNumbersCalibrateNothing()
    {
        Answers answers;
        for (int i = 0; i < 300; ++i) {
            answers.add(surely(i % 10, std::numeric_limits<float>::quiet_NaN()), i % 10);
        }
        const Calibration calibration = calibrate(answers.logits, answers.set);
        QCOMPARE(calibration.temperature, 1.0);
        QCOMPARE(calibration.scoring.threshold, 0.5);
    }

    void evidenceIsNeverSaturated()
    {
        // The confidences of both are 1 in double.
        const double sure = digitEvidence(surely(3, 50).data(), false, 1);
        const double surer = digitEvidence(surely(3, 60).data(), false, 1);
        QVERIFY(std::abs(surer - sure - 10) < 1e-6);
        // log(p / (1 - p)) of p = softmax.
        const double evidence = digitEvidence(surely(3, 4).data(), false, 2);
        const double confidence = std::exp(2.0) / (std::exp(2.0) + 9);
        QVERIFY(std::abs(evidence - std::log(confidence / (1 - confidence))) < 1e-9);
    }

    void evidenceOfANoDigitLogit()
    {
        std::vector<float> row = surely(3, 4, 11);
        row[10] = 1.5F;
        const double expected = std::log(std::exp(4.0) + 9) - 1.5;
        QVERIFY(std::abs(digitEvidence(row.data(), true, 3) - expected) < 1e-9);
    }
};

QTEST_GUILESS_MAIN(CalibrationTest)
#include "tst_calibration.moc"
