#include "core/learning/evaluationfigures.h"
#include "core/learning/modelcomparison.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QStandardPaths>
#include <QtTest>

#include <cmath>

using namespace digitpad;

namespace {

/// Four hundred images with noisy logits, the same as in the reference script below.
struct Sample
{
    DigitSet set;
    Logits logits;
};

class Congruential
{
public:
    double next()
    {
        m_state = (m_state * 1'103'515'245ULL + 12'345ULL) % 2'147'483'648ULL;
        return static_cast<double>(m_state) / 2'147'483'648.0;
    }

private:
    std::uint64_t m_state = 12'345;
};

Sample makeSample()
{
    Congruential random;
    Sample sample;
    DigitImage image;
    image.pixels.fill(200);
    for (int i = 0; i < 400; ++i) {
        const int label = static_cast<int>(random.next() * 10);
        sample.set.add(image, label);
        std::array<float, digitClasses> row{};
        for (float& logit : row) {
            logit = static_cast<float>(random.next() * 4 - 2);
        }
        row[static_cast<std::size_t>(label)] += 2.5F;
        sample.logits.values.insert(sample.logits.values.end(), row.begin(), row.end());
    }
    return sample;
}

EvaluationFigures figuresOf(const Sample& sample, double temperature = 1)
{
    ModelInfo info;
    info.temperature = temperature;
    return evaluationFigures(sample.logits, sample.set, info, readingsOf(sample.logits, sample.set, info), 2);
}

bool near(double a, double b, double tolerance = 1e-9)
{
    return std::abs(a - b) <= tolerance;
}

/// Where scikit-learn is; DIGITPAD_PYTHON names another interpreter than the system's.
QString pythonWith(const QString& module)
{
    QString python = qEnvironmentVariable("DIGITPAD_PYTHON", QStringLiteral("/usr/bin/python3"));
    const bool there =
        QProcess::execute(python, {QStringLiteral("-c"), QStringLiteral("import ") + module}) == 0;
    return there ? python : QString();
}

constexpr const char* referenceScript = R"(
import sys, json
import numpy as np
from sklearn import metrics
given = json.load(sys.stdin)
y = np.array(given["labels"]); z = np.array(given["logits"]).reshape(len(y), 10)
e = np.exp(z - z.max(1, keepdims=True)); p = e / e.sum(1, keepdims=True); g = z.argmax(1)
precision, recall, f1, support = metrics.precision_recall_fscore_support(y, g, labels=range(10), zero_division=0)
macro = metrics.precision_recall_fscore_support(y, g, average="macro", zero_division=0)
print(json.dumps({"accuracy": metrics.accuracy_score(y, g), "loss": metrics.log_loss(y, p, labels=range(10)),
  "top2": metrics.top_k_accuracy_score(y, p, k=2, labels=range(10)), "precision": precision.tolist(),
  "recall": recall.tolist(), "f1": f1.tolist(), "macro": [float(v) for v in macro[:3]],
  "confusion": metrics.confusion_matrix(y, g, labels=range(10)).ravel().tolist()}))
)";

} // namespace

// Against figures that scikit-learn 1.2 and SciPy 1.10 gave for the same numbers.
class EvaluationFiguresTest : public QObject
{
    Q_OBJECT

    const Sample m_sample = makeSample();

    void addNoDigit(Sample& sample, float height) const
    {
        DigitImage image;
        image.pixels.fill(7);
        sample.set.add(image, noDigitLabel);
        std::array<float, digitClasses> row{};
        row[3] = height;
        sample.logits.values.insert(sample.logits.values.end(), row.begin(), row.end());
    }

private Q_SLOTS:
    void agreesWithStoredReferences()
    {
        const EvaluationFigures figures = figuresOf(m_sample);
        QCOMPARE(figures.images, 400);
        QCOMPARE(figures.correct, 291);
        QVERIFY(near(figures.accuracy, 0.7275));
        QVERIFY(near(figures.accuracyInterval.low, 0.6818568086225226));
        QVERIFY(near(figures.accuracyInterval.high, 0.7688150974553724));
        QVERIFY(near(figures.loss, 1.0051876316350903, 1e-6));
        QVERIFY(near(figures.topTwoAccuracy, 0.8225));
        QVERIFY(near(figures.macro.precision, 0.728839627204802));
        QVERIFY(near(figures.macro.recall, 0.7299626689821227));
        QVERIFY(near(figures.macro.f1, 0.7260403792218042));
        QCOMPARE(figures.confusion[0], (std::array<std::int64_t, 10>{28, 1, 1, 0, 2, 2, 2, 3, 1, 1}));
        QCOMPARE(figures.confusion[9], (std::array<std::int64_t, 10>{1, 0, 2, 2, 2, 2, 1, 2, 1, 33}));
        QCOMPARE(figures.classes[7].support, 44);
        QVERIFY(near(*figures.classes[7].precision, 0.6470588235294118));
        QVERIFY(near(*figures.classes[7].recall, 0.75));
        QVERIFY(near(figures.classes[7].f1, 0.6947368421052633));
        QCOMPARE(figures.imagesPerSecond(), 200.0);
    }

    void calibrationBeforeAndAfterTheTemperature()
    {
        const EvaluationFigures figures = figuresOf(m_sample, 1.7);
        QVERIFY(near(figures.bare.expectedCalibrationError(), 0.24601571403327668, 1e-6));
        QVERIFY(near(figures.calibrated.expectedCalibrationError(), 0.41278195661305483, 1e-6));
        std::int64_t images = 0;
        for (const Reliability::Bin& bin : figures.calibrated.bins()) {
            images += bin.images;
        }
        QCOMPARE(images, 400);
    }

    void agreesWithScikitLearn()
    {
        const QString python = pythonWith(QStringLiteral("sklearn"));
        if (python.isEmpty()) {
            QSKIP("python3-sklearn is not installed");
        }
        QJsonArray labels;
        QJsonArray logits;
        for (const std::uint8_t label : m_sample.set.labels) {
            labels.append(int{label});
        }
        for (const float logit : m_sample.logits.values) {
            logits.append(static_cast<double>(logit));
        }
        const QJsonObject given{{QStringLiteral("labels"), labels}, {QStringLiteral("logits"), logits}};
        QProcess process;
        process.start(python, {QStringLiteral("-c"), QString::fromLatin1(referenceScript)});
        process.write(QJsonDocument(given).toJson());
        process.closeWriteChannel();
        QVERIFY(process.waitForFinished(120'000));
        const QJsonObject expected = QJsonDocument::fromJson(process.readAllStandardOutput()).object();
        QVERIFY2(!expected.isEmpty(), process.readAllStandardError().constData());

        const EvaluationFigures figures = figuresOf(m_sample);
        const auto number = [&expected](const char* key) { return expected[QLatin1String(key)].toDouble(); };
        const auto entry = [&expected](const char* key, qsizetype index) {
            return expected[QLatin1String(key)].toArray().at(index).toDouble();
        };
        QVERIFY(near(figures.accuracy, number("accuracy")));
        QVERIFY(near(figures.loss, number("loss"), 1e-6));
        QVERIFY(near(figures.topTwoAccuracy, number("top2")));
        QVERIFY(near(figures.macro.precision, entry("macro", 0)));
        QVERIFY(near(figures.macro.recall, entry("macro", 1)));
        QVERIFY(near(figures.macro.f1, entry("macro", 2)));
        for (std::size_t digit = 0; digit < digitClasses; ++digit) {
            QVERIFY(near(figures.classes[digit].precision.value_or(0), entry("precision", digit)));
            QVERIFY(near(figures.classes[digit].recall.value_or(0), entry("recall", digit)));
            QVERIFY(near(figures.classes[digit].f1, entry("f1", digit)));
            for (std::size_t guess = 0; guess < digitClasses; ++guess) {
                QCOMPARE(double(figures.confusion[digit][guess]), entry("confusion", digit * 10 + guess));
            }
        }
    }

    void wilsonIntervals_data()
    {
        QTest::addColumn<int>("some");
        QTest::addColumn<int>("all");
        QTest::addColumn<double>("low");
        QTest::addColumn<double>("high");
        QTest::newRow("none") << 0 << 0 << 0.0 << 1.0;
        QTest::newRow("0 of 10") << 0 << 10 << 0.0 << 0.27753279986288926;
        QTest::newRow("5 of 10") << 5 << 10 << 0.236593090512564 << 0.7634069094874361;
        QTest::newRow("10 of 10") << 10 << 10 << 0.7224672001371109 << 1.0;
        QTest::newRow("9,912 of 10,000") << 9'912 << 10'000 << 0.9891715358948607 << 0.9928512241057865;
        QTest::newRow("all of 10,000") << 10'000 << 10'000 << 0.9996160016293234 << 1.0;
    }
    void wilsonIntervals()
    {
        QFETCH(int, some);
        QFETCH(int, all);
        QFETCH(double, low);
        QFETCH(double, high);
        const ConfidenceInterval interval = wilsonInterval(some, all);
        QVERIFY(near(interval.low, low));
        QVERIFY(near(interval.high, high));
    }

    void mcNemarsTest_data()
    {
        QTest::addColumn<int>("onlyFirst");
        QTest::addColumn<int>("onlySecond");
        QTest::addColumn<bool>("exact");
        QTest::addColumn<double>("chiSquare");
        QTest::addColumn<double>("pValue");
        QTest::newRow("none") << 0 << 0 << true << 0.0 << 1.0;
        QTest::newRow("few") << 2 << 9 << true << 0.0 << 0.0654296875;
        QTest::newRow("one-sided") << 0 << 6 << true << 0.0 << 0.03125;
        QTest::newRow("few and equal") << 5 << 5 << true << 0.0 << 1.0;
        QTest::newRow("many") << 10 << 25 << false << 5.6 << 0.01796047752607879;
        QTest::newRow("the other way round")
            << 40 << 18 << false << 7.603448275862069 << 0.005825677828368395;
        QTest::newRow("many and equal") << 13 << 13 << false << 0.0 << 1.0;
        QTest::newRow("clear") << 120 << 200 << false << 19.503125 << 1.0043523971516364e-05;
    }
    void mcNemarsTest()
    {
        QFETCH(int, onlyFirst);
        QFETCH(int, onlySecond);
        QFETCH(bool, exact);
        QFETCH(double, chiSquare);
        QFETCH(double, pValue);
        const McNemarTest test = mcNemarTest(onlyFirst, onlySecond);
        QCOMPARE(test.exact, exact);
        QVERIFY(near(test.chiSquare, chiSquare));
        QVERIFY(near(test.pValue, pValue));
    }

    void comparesTwoModels()
    {
        Sample other = m_sample;
        for (std::size_t i = 0; i < 40; ++i) { // The second model says 0 to the first forty.
            other.logits.values[i * digitClasses] = 20;
        }
        const ModelInfo info;
        const auto first = readingsOf(m_sample.logits, m_sample.set, info);
        const auto second = readingsOf(other.logits, other.set, info);
        const ModelComparison comparison = compareReadings(first, second);
        std::int64_t onlyFirst = 0;
        std::int64_t onlySecond = 0;
        std::vector<std::size_t> differing;
        for (std::size_t i = 0; i < 40; ++i) {
            onlyFirst += first[i].right() && first[i].truth != 0 ? 1 : 0;
            onlySecond += !first[i].right() && first[i].truth == 0 ? 1 : 0;
            if (first[i].guess != 0) {
                differing.push_back(i);
            }
        }
        QCOMPARE(comparison.test.onlyFirst, onlyFirst);
        QCOMPARE(comparison.test.onlySecond, onlySecond);
        QCOMPARE(comparison.differing, differing);
        QCOMPARE(comparison.bothRight + comparison.bothWrong + onlyFirst + onlySecond, 400);
    }

    void theCurveSaysWhatAThresholdWouldDo()
    {
        Sample sample = m_sample;
        addNoDigit(sample, 0);
        addNoDigit(sample, 9);
        const EvaluationFigures figures = figuresOf(sample);
        QCOMPARE(figures.images, 400);
        QCOMPARE(figures.noDigits, 2);
        QCOMPARE(figures.threshold, 0.5); // Without a score the confidence is judged.
        const AcceptancePoint all = figures.acceptance.at(0);
        QCOMPARE(all.digitsAccepted, 400);
        QCOMPARE(all.wrongAccepted, 400 - 291);
        QCOMPARE(all.noDigitsAccepted, 2);
        QCOMPARE(figures.accepted.noDigitsAccepted, 1);
        QVERIFY(figures.accepted.digitsAccepted < 400);
        const auto readings = readingsOf(sample.logits, sample.set, ModelInfo{});
        std::int64_t accepted = 0;
        for (const ImageReading& reading : readings) {
            accepted += reading.isDigit() && reading.accepted ? 1 : 0;
        }
        QCOMPARE(figures.accepted.digitsAccepted, accepted);
        const auto points = figures.acceptance.points(50);
        QCOMPARE(points.size(), std::size_t{51});
        for (std::size_t i = 1; i < points.size(); ++i) {
            QVERIFY(points[i].threshold >= points[i - 1].threshold);
            QVERIFY(points[i].digitsAccepted <= points[i - 1].digitsAccepted);
        }
        QCOMPARE(points.back().digitsAccepted + points.back().noDigitsAccepted, 1);
    }

    void mistakesComeMostConfidentFirst()
    {
        const auto readings = readingsOf(m_sample.logits, m_sample.set, ModelInfo{});
        const auto mistakes = confidentMistakes(readings);
        QCOMPARE(mistakes.size(), std::size_t{400 - 291});
        for (std::size_t i = 0; i < mistakes.size(); ++i) {
            QVERIFY(!readings[mistakes[i]].right());
            QVERIFY(i == 0 || readings[mistakes[i]].confidence <= readings[mistakes[i - 1]].confidence);
        }
        const auto cell = imagesOfCell(readings, 0, 7);
        QCOMPARE(cell.size(), std::size_t{3});
        for (const std::size_t index : cell) {
            QVERIFY(readings[index].truth == 0 && readings[index].guess == 7);
        }
    }

    void theHistogramHasEveryDigit()
    {
        const EvaluationFigures figures = figuresOf(m_sample);
        std::int64_t right = 0;
        std::int64_t wrong = 0;
        for (std::size_t i = 0; i < ConfidenceHistogram::binCount; ++i) {
            right += figures.confidences.right[i];
            wrong += figures.confidences.wrong[i];
        }
        QCOMPARE(right, 291);
        QCOMPARE(wrong, 109);
    }

    void classesThatAreMissingAreNoPartOfTheMeans()
    {
        ConfusionMatrix confusion{};
        confusion[1][1] = 3;
        confusion[1][2] = 1; // 2 has no images, but a guess.
        const auto classes = classFigures(confusion);
        QVERIFY(!classes[2].recall.has_value());
        QVERIFY(!classes[0].precision.has_value());
        const MacroAverages macro = macroAverages(classes);
        QVERIFY(near(macro.precision, 0.5)); // 1 and 0.
        QVERIFY(near(macro.recall, 0.375));
        QVERIFY(near(macro.f1, (6.0 / 7) / 2));
    }

    void anEmptySetHasNoFigures()
    {
        const EvaluationFigures figures = figuresOf(Sample{});
        QCOMPARE(figures.images, 0);
        QCOMPARE(figures.accuracy, 0.0);
        QCOMPARE(figures.accuracyInterval.high, 1.0);
        QCOMPARE(figures.macro.f1, 0.0);
        QCOMPARE(figures.acceptance.points(10).size(), std::size_t{1});
    }
};

QTEST_GUILESS_MAIN(EvaluationFiguresTest)
#include "tst_evaluationfigures.moc"
