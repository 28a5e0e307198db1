#include "ui/training/trainingtext.h"

#include <QTest>

#include <limits>

using namespace digitpad;

namespace {

constexpr double notANumber = std::numeric_limits<double>::quiet_NaN();

class NamedModel : public Model
{
public:
    explicit NamedModel(double testAccuracy) { m_info.testAccuracy = testAccuracy; }
    const ModelInfo& info() const override { return m_info; }
    Result<std::unique_ptr<Classifier>> makeClassifier() const override { return Error{}; }
    Result<Evaluation> evaluate(const DigitSet&, const std::function<bool()>&) const override
    {
        return Error{};
    }
    Result<Explanation> explain(const DigitImage&, int, int) const override { return Error{}; }
    Result<void> save(const std::string&) const override { return Error{}; }

private:
    ModelInfo m_info;
};

TrainingResult resultOf(int epochs, double testAccuracy)
{
    TrainingResult result;
    for (int epoch = 1; epoch <= epochs; ++epoch) {
        EpochMetrics metrics;
        metrics.epoch = epoch;
        metrics.validationAccuracy = 0.9 + 0.01 * epoch;
        metrics.best = epoch <= 2;
        result.epochs.push_back(metrics);
    }
    result.best = std::make_shared<NamedModel>(testAccuracy);
    result.last = result.best;
    result.seconds = 12.3;
    return result;
}

} // namespace

class TestTrainingText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void duration_data();
    void duration();
    void timeLeft_data();
    void timeLeft();
    void speed_data();
    void speed();
    void loss_data();
    void loss();
    void progress();
    void data();
    void completed();
    void stopped();
};

void TestTrainingText::duration_data()
{
    QTest::addColumn<double>("seconds");
    QTest::addColumn<QString>("text");
    QTest::newRow("below zero") << -1.0 << "0.0 s";
    QTest::newRow("tenths") << 0.84 << "0.8 s";
    QTest::newRow("no 10.0") << 9.97 << "10 s";
    QTest::newRow("seconds") << 59.4 << "59 s";
    QTest::newRow("a minute") << 59.6 << "1 min";
    QTest::newRow("minutes and seconds") << 125.0 << "2 min 5 s";
    QTest::newRow("minutes") << 1230.0 << "21 min";
    QTest::newRow("hour") << 3600.0 << "1 h";
    QTest::newRow("hours and minutes") << 3780.0 << "1 h 3 min";
}

void TestTrainingText::duration()
{
    QFETCH(double, seconds);
    QTEST(durationText(seconds), "text");
}

void TestTrainingText::timeLeft_data()
{
    QTest::addColumn<double>("seconds");
    QTest::addColumn<QString>("text");
    QTest::newRow("unknown") << 0.0 << "";
    QTest::newRow("not a number") << notANumber << "";
    QTest::newRow("endless") << std::numeric_limits<double>::infinity() << "";
    QTest::newRow("nearly done") << 7.0 << "a few seconds left";
    QTest::newRow("seconds in fives") << 36.2 << "about 40 s left";
    QTest::newRow("no 60 s") << 56.0 << "about 1 min left";
    QTest::newRow("minutes") << 130.0 << "about 2 min left";
    QTest::newRow("minutes in fives") << 33 * 60.0 << "about 35 min left";
    QTest::newRow("hours") << 4790.0 << "about 1 h 20 min left";
}

void TestTrainingText::timeLeft()
{
    QFETCH(double, seconds);
    QTEST(timeLeftText(seconds), "text");
}

void TestTrainingText::speed_data()
{
    QTest::addColumn<double>("imagesPerSecond");
    QTest::addColumn<QString>("text");
    QTest::newRow("unknown") << 0.0 << "";
    QTest::newRow("not a number") << notANumber << "";
    QTest::newRow("slow") << 7.3 << "7 images/s";
    QTest::newRow("rounded") << 3912.0 << "3,900 images/s";
    QTest::newRow("fast") << 91'700.0 << "92,000 images/s";
}

void TestTrainingText::speed()
{
    QFETCH(double, imagesPerSecond);
    QTEST(speedText(imagesPerSecond), "text");
}

void TestTrainingText::loss_data()
{
    QTest::addColumn<double>("value");
    QTest::addColumn<QString>("text");
    QTest::newRow("zero") << 0.0 << "0.00";
    QTest::newRow("start") << 2.3026 << "2.30";
    QTest::newRow("usual") << 0.09324 << "0.0932";
    QTest::newRow("tiny") << 0.000412 << "0.000412";
    QTest::newRow("exploding") << 12345.6 << "12,346";
    QTest::newRow("not a number") << notANumber << "not a number";
}

void TestTrainingText::loss()
{
    QFETCH(double, value);
    QTEST(lossText(value), "text");
}

void TestTrainingText::progress()
{
    BatchProgress progress;
    progress.epoch = 3;
    progress.batch = 412;
    progress.batches = 844;
    progress.step = 2 * 844 + 412;
    QCOMPARE(progressText(progress, 10), QStringLiteral("Epoch 3 of 10 · batch 412 of 844"));
    QCOMPARE(progressPart(progress, 10), 2100.0 / 8440);
    QCOMPARE(progressPart(BatchProgress(), 10), 0.0);
    progress.step = 1'000'000;
    QCOMPARE(progressPart(progress, 10), 1.0);
}

void TestTrainingText::data()
{
    QCOMPARE(dataText(54'000, 6'000, 10'000),
             QStringLiteral("54,000 images to learn from, 6,000 for validation, 10,000 for the test"));
    QCOMPARE(dataText(90, 10, 0), QStringLiteral("90 images to learn from, 10 for validation"));
}

void TestTrainingText::completed()
{
    QCOMPARE(completedText(resultOf(10, 0.9742)),
             QStringLiteral("Finished: test accuracy 97.4\u00A0% after 10 epochs in 12 s."));
    QCOMPARE(completedText(resultOf(1, -1)),
             QStringLiteral("Finished: validation accuracy 91.0\u00A0% after 1 epoch in "
                            "12 s; the data have no test set."));
    TrainingResult early = resultOf(10, 0.9742);
    early.outcome = TrainingOutcome::StoppedEarly;
    QCOMPARE(
        completedText(early),
        QStringLiteral("Finished early, since validation no longer got better: test accuracy 97.4\u00A0% "
                       "after 10 epochs in 12 s."));
}

void TestTrainingText::stopped()
{
    QVERIFY(stoppedText(TrainingResult()).contains(QStringLiteral("no new model")));
    QCOMPARE(
        stoppedText(resultOf(3, -1)),
        QStringLiteral("Stopped after 3 epochs: the best model so far is kept (epoch 2, validation accuracy "
                       "92.0\u00A0%)."));
    QVERIFY(stoppedText(resultOf(0, -1)).contains(QStringLiteral("first epoch")));
    QCOMPARE(bestEpoch(resultOf(3, -1))->epoch, 2);
    TrainingResult diverged = resultOf(3, -1);
    diverged.outcome = TrainingOutcome::Diverged;
    QCOMPARE(stoppedText(diverged),
             QStringLiteral("The loss exploded after 3 epochs: the best model before that is kept (epoch 2, "
                            "validation accuracy 92.0\u00A0%)."));
    diverged.epochs.clear();
    QCOMPARE(stoppedText(diverged),
             QStringLiteral("The loss exploded in the first epoch; nothing was learned."));
}

QTEST_APPLESS_MAIN(TestTrainingText)
#include "tst_trainingtext.moc"
