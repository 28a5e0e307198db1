#include "core/data/syntheticdigits.h"
#include "core/image/normalizer.h"
#include "core/learning/engineloader.h"
#include "core/learning/recognizer.h"

#include <QFile>
#include <QSemaphore>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>

#include <atomic>

using namespace digitpad;

namespace {

/// Says the digit that it was made with; waits for a permit before each answer.
class GatedClassifier final : public Classifier
{
public:
    GatedClassifier(int digit, QSemaphore* gate, std::atomic<int>* reads)
        : m_digit(digit)
        , m_gate(gate)
        , m_reads(reads)
    {
    }
    Result<Prediction> classify(const DigitImage& image) override
    {
        m_gate->acquire();
        ++*m_reads;
        Prediction prediction;
        prediction.image = image;
        prediction.digit = image.blank() ? -1 : m_digit;
        return prediction;
    }
    Result<std::vector<Prediction>> classify(std::span<const DigitImage> images) override
    {
        std::vector<Prediction> predictions;
        for (const DigitImage& image : images) {
            predictions.push_back(*classify(image));
        }
        return predictions;
    }

private:
    int m_digit;
    QSemaphore* m_gate;
    std::atomic<int>* m_reads;
};

class GatedModel final : public Model
{
public:
    explicit GatedModel(int digit)
        : m_digit(digit)
    {
    }
    mutable QSemaphore gate;
    mutable std::atomic<int> reads = 0;
    bool broken = false;

    [[nodiscard]] const ModelInfo& info() const override { return m_info; }
    [[nodiscard]] Result<std::unique_ptr<Classifier>> makeClassifier() const override
    {
        if (broken) {
            return Error{ErrorCode::Internal, "This model is broken."};
        }
        return Result<std::unique_ptr<Classifier>>(std::make_unique<GatedClassifier>(m_digit, &gate, &reads));
    }
    [[nodiscard]] Result<Evaluation> evaluate(const DigitSet&, const std::function<bool()>&) const override
    {
        return Evaluation{};
    }
    [[nodiscard]] Result<Explanation> explain(const DigitImage&, int, int) const override
    {
        return Error{ErrorCode::Internal, "not used here"};
    }
    [[nodiscard]] Result<void> save(const std::string&) const override { return {}; }

private:
    int m_digit;
    ModelInfo m_info;
};

PadContent someContent(int seed = 1)
{
    Random random(static_cast<std::uint64_t>(seed));
    return {syntheticDigit(3, random), nullptr};
}

Prediction last(const QSignalSpy& spy)
{
    return spy.last().first().value<Prediction>();
}

} // namespace

class RecognizerTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;

    QString modelFile()
    {
        const QString path = m_folder.filePath(QStringLiteral("digitpad.pt"));
        if (!QFile::exists(path)) {
            class Nobody final : public TrainingObserver
            {
                void onBatch(const BatchProgress&) override {}
                void onEpoch(const EpochMetrics&) override {}
                bool stopRequested() override { return false; }
            } nobody;
            TrainingOptions options;
            options.epochs = 1;
            auto split = splitForValidation(syntheticDigits(300, 1, {}), 50, 1);
            const TrainingData data{std::make_shared<const DigitSet>(split.training),
                                    std::make_shared<const DigitSet>(split.validation), nullptr};
            const auto result = loadEngine().value()->train(validate(options, 300).value(), data, nobody);
            if (!result || !result->best->save(path.toStdString())) {
                qFatal("no model for the test");
            }
        }
        return path;
    }

private Q_SLOTS:
    void init() { qputenv("DIGITPAD_MODEL", modelFile().toUtf8()); }

    void becomesReadyAndReads()
    {
        Recognizer recognizer;
        QCOMPARE(recognizer.state(), Recognizer::State::Loading);
        QVERIFY(!recognizer.message().isEmpty());
        QSignalSpy engineReady(&recognizer, &Recognizer::engineReady);
        QSignalSpy predicted(&recognizer, &Recognizer::predicted);
        recognizer.read(someContent()); // Drawn before the recogniser is there.
        recognizer.start();
        QTRY_COMPARE(recognizer.state(), Recognizer::State::Ready);
        QCOMPARE(engineReady.size(), 1);
        QVERIFY(recognizer.engine() != nullptr);
        QVERIFY(recognizer.model() != nullptr);
        QTRY_VERIFY(!predicted.isEmpty());
        QTRY_VERIFY(last(predicted).digit >= 0);
        recognizer.read({});
        QTRY_COMPARE(last(predicted).digit, -1);
    }

    void missingModelIsSaidAndAnotherOneHelps()
    {
        qputenv("DIGITPAD_MODEL", "/nonexistent/model.pt");
        Recognizer recognizer;
        recognizer.start();
        QTRY_COMPARE(recognizer.state(), Recognizer::State::Failed);
        QVERIFY(recognizer.message().contains(QStringLiteral("model.pt")));
        QVERIFY(recognizer.engine() != nullptr);
        recognizer.loadModel(modelFile());
        QTRY_COMPARE(recognizer.state(), Recognizer::State::Ready);
        QCOMPARE(recognizer.modelName(), QStringLiteral("digitpad.pt"));
    }

    void aBadFileLeavesTheModelInUse()
    {
        Recognizer recognizer;
        recognizer.start();
        QTRY_COMPARE(recognizer.state(), Recognizer::State::Ready);
        const auto before = recognizer.model();
        QSignalSpy failed(&recognizer, &Recognizer::modelFailed);
        recognizer.loadModel(QStringLiteral(DIGITPAD_SOURCE_DIR "/CMakeLists.txt"));
        QTRY_COMPARE(failed.size(), 1);
        QVERIFY(failed.first().first().toString().contains(QStringLiteral("CMakeLists.txt")));
        QCOMPARE(recognizer.state(), Recognizer::State::Ready);
        QVERIFY(recognizer.model() == before);
    }

    void aBrokenModelLeavesTheModelInUse()
    {
        Recognizer recognizer;
        recognizer.start();
        QTRY_COMPARE(recognizer.state(), Recognizer::State::Ready);
        const auto before = recognizer.model();
        auto broken = std::make_shared<GatedModel>(1);
        broken->broken = true;
        QSignalSpy failed(&recognizer, &Recognizer::modelFailed);
        recognizer.useModel(broken, QStringLiteral("broken"));
        QTRY_COMPARE(failed.size(), 1);
        QVERIFY(recognizer.model() == before);
    }

    void newestDrawingWins()
    {
        const auto model = std::make_shared<GatedModel>(5);
        Recognizer recognizer;
        recognizer.start();
        QTRY_COMPARE(recognizer.state(), Recognizer::State::Ready);
        QSignalSpy predicted(&recognizer, &Recognizer::predicted);
        recognizer.useModel(model, QStringLiteral("gated"));
        QTRY_COMPARE(recognizer.modelName(), QStringLiteral("gated"));
        // The gate is shut: one drawing is being read, of the hundred others only the newest waits.
        for (int i = 0; i < 100; ++i) {
            recognizer.read(someContent(i));
        }
        recognizer.read({});
        predicted.clear();
        model->gate.release(200);
        QTRY_VERIFY(!predicted.isEmpty() && last(predicted).digit == -1);
        QVERIFY2(model->reads <= 3, qPrintable(QString::number(model->reads)));
    }

    void aNewModelReadsTheDrawingAgain()
    {
        const auto model = std::make_shared<GatedModel>(8);
        model->gate.release(100);
        Recognizer recognizer;
        recognizer.start();
        QSignalSpy predicted(&recognizer, &Recognizer::predicted);
        recognizer.read(someContent());
        QTRY_COMPARE(recognizer.state(), Recognizer::State::Ready);
        recognizer.useModel(model, QStringLiteral("eights"));
        QTRY_VERIFY(!predicted.isEmpty() && last(predicted).digit == 8);
    }

    void severalDigitsAreReadAsANumber()
    {
        const auto model = std::make_shared<GatedModel>(5);
        model->gate.release(1000);
        Recognizer recognizer;
        recognizer.start();
        QTRY_COMPARE(recognizer.state(), Recognizer::State::Ready);
        QSignalSpy numbers(&recognizer, &Recognizer::numberRead);
        QSignalSpy predicted(&recognizer, &Recognizer::predicted);
        const auto number = [&numbers] {
            return numbers.isEmpty() ? "none" : numbers.last().first().value<NumberReading>().number;
        };
        recognizer.useModel(model, QStringLiteral("fives"));
        QTRY_COMPARE(model->reads.load(), 1); // The blank pad.
        PadContent content;
        content.ink.add({{{100, 100}, {100, 300}}, 20});
        recognizer.read(content);
        QTRY_COMPARE(number(), "5");
        QCOMPARE(model->reads.load(), 2); // The number took no reading of its own.
        // The digit drawn last stands on the left.
        content.ink.add({{{20, 120}, {60, 120}, {40, 200}, {60, 280}, {20, 300}}, 20});
        recognizer.read(content);
        QTRY_COMPARE(number(), "55");
        Ink newest;
        newest.strokes = {content.ink.strokes.back()};
        QTRY_COMPARE(last(predicted).image, normalizeInk(newest));
    }

    void tooManyStrokesAreOneDrawing()
    {
        const auto model = std::make_shared<GatedModel>(5);
        model->gate.release(1000);
        Recognizer recognizer;
        recognizer.start();
        QTRY_COMPARE(recognizer.state(), Recognizer::State::Ready);
        recognizer.useModel(model, QStringLiteral("fives"));
        QTRY_COMPARE(recognizer.modelName(), QStringLiteral("fives"));
        QSignalSpy numbers(&recognizer, &Recognizer::numberRead);
        QSignalSpy predicted(&recognizer, &Recognizer::predicted);
        PadContent content;
        for (int i = 0; i < 2000; ++i) {
            const auto x = static_cast<float>(i % 50 * 20);
            const auto y = static_cast<float>(i / 50 * 25);
            content.ink.add({{{x, y}, {x + 2, y + 15}}, 3});
        }
        recognizer.read(content);
        QTRY_VERIFY(!predicted.isEmpty() && last(predicted).digit == 5);
        QVERIFY(numbers.last().first().value<NumberReading>().digits.empty());
    }

    void mayGoWhileLoading()
    {
        Recognizer recognizer;
        recognizer.start();
        recognizer.read(someContent());
    }
};

QTEST_GUILESS_MAIN(RecognizerTest)
#include "tst_recognizer.moc"
