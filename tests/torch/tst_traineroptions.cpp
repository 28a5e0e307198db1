#include "tests/torch/testdata.h"

#include <QtTest>

#include <algorithm>
#include <cmath>

using namespace digitpad;

class TrainerOptionsTest : public QObject
{
    Q_OBJECT

    TrainingData m_data;

private Q_SLOTS:
    void initTestCase() { m_data = syntheticTrainingData(1'000, 200, 200); }

    void explodingLossEndsTheRunAndSaysWhatToDo()
    {
        TrainingOptions options = quickOptions();
        options.optimizer = "sgd";
        options.learningRate = 10;
        options.epochs = 50;
        RecordingObserver observer;
        const auto result = trained(options, m_data, observer);
        QVERIFY(result.ok());
        QCOMPARE(result->outcome, TrainingOutcome::Diverged);
        const QString explanation = QString::fromStdString(result->explanation);
        QVERIFY2(explanation.contains(QStringLiteral("smaller learning rate, 1 for instance")),
                 qPrintable(explanation));
        // Where not even one epoch ended, the network is the one that the run began with.
        const auto reading = readingOf(*result->last, m_data.validation->digitImage(0));
        QVERIFY(std::isfinite(reading.probabilities[0]));
    }

    void divergenceKeepsWhatCameBefore()
    {
        const TrainingData data = syntheticTrainingData(200, 60, 0);
        TrainingOptions options = quickOptions();
        options.optimizer = "sgd";
        options.momentum = 0;
        // The rate rises from near 0; once it is above 4, weight decay itself makes the weights grow.
        options.warmUp = 0.9;
        options.weightDecay = 0.5;
        options.learningRate = 10;
        options.epochs = 20;
        RecordingObserver observer;
        const auto result = trained(options, data, observer);
        QVERIFY(result.ok());
        QCOMPARE(result->outcome, TrainingOutcome::Diverged);
        QVERIFY(!result->epochs.empty());
        QCOMPARE(result->epochs.size(), observer.epochs.size());
        QVERIFY(QString::fromStdString(result->explanation).contains(QStringLiteral("is kept")));
        QCOMPARE(result->best->evaluate(*data.validation, {})->accuracy,
                 result->best->info().validationAccuracy);
    }

    void normalisesAsAsked()
    {
        TrainingOptions options = quickOptions();
        options.epochs = 1;
        RecordingObserver observer;
        const auto half = trained(options, m_data, observer);
        QCOMPARE(half->last->info().mean, 0.5);
        QCOMPARE(half->last->info().standardDeviation, 0.5);
        options.normalization = NormalizationChoice::Exact;
        const auto exact = trained(options, m_data, observer);
        const PixelStatistics statistics = pixelStatistics(*m_data.training);
        QCOMPARE(exact->last->info().mean, statistics.mean);
        QCOMPARE(exact->last->info().standardDeviation, statistics.standardDeviation);
        options.normalization = NormalizationChoice::Own;
        options.mean = 0.1;
        options.standardDeviation = 0.7;
        const auto own = trained(options, m_data, observer);
        QCOMPARE(own->last->info().mean, 0.1);
        QCOMPARE(own->last->info().standardDeviation, 0.7);
    }

    void smoothedLabelsRaiseTheLoss()
    {
        TrainingOptions options = quickOptions();
        options.epochs = 6;
        options.labelSmoothing = 0.2;
        RecordingObserver observer;
        const auto result = trained(options, m_data, observer);
        QVERIFY(result.ok());
        // Even perfect answers have the entropy of the smoothed labels: 0.82 once, 0.02 nine times.
        const double least = -(0.82 * std::log(0.82) + 9 * 0.02 * std::log(0.02));
        QVERIFY(result->epochs.back().trainingLoss > least);
        QVERIFY(result->epochs.back().validationAccuracy > 0.7);
    }

    void clipsTheGradient()
    {
        TrainingOptions options = quickOptions();
        options.optimizer = "sgd";
        options.momentum = 0;
        options.epochs = 1;
        options.learningRate = 1e-3;
        options.gradientClip = 1e-6;
        RecordingObserver observer;
        QVERIFY(trained(options, m_data, observer).ok());
        // The norm is told as it was; steps of a billionth leave the loss where it began.
        QVERIFY(observer.batches.front().gradientNorm > 0.1);
        QVERIFY(std::abs(observer.batches.back().loss - std::log(10.0)) < 0.3);
        RecordingObserver clipped;
        RecordingObserver free;
        options.learningRate = 0.05;
        options.gradientClip = 1e5; // Never reached: changes nothing.
        QVERIFY(trained(options, m_data, clipped).ok());
        options.gradientClip = 0;
        QVERIFY(trained(options, m_data, free).ok());
        QCOMPARE(clipped.batches.back().loss, free.batches.back().loss);
    }

    void stopsEarlyWhenNothingGetsBetter()
    {
        TrainingOptions options = quickOptions();
        options.epochs = 200;
        options.patience = 3;
        options.learningRate = 0.01;
        RecordingObserver observer;
        const auto result = trained(options, m_data, observer);
        QVERIFY(result.ok());
        QCOMPARE(result->outcome, TrainingOutcome::StoppedEarly);
        QVERIFY(result->epochs.size() < 200);
        const auto best = std::find_if(result->epochs.rbegin(), result->epochs.rend(),
                                       [](const EpochMetrics& epoch) { return epoch.best; });
        QCOMPARE(best - result->epochs.rbegin(), std::ptrdiff_t{3});
        QCOMPARE(result->best->info().epochsTrained, best->epoch);
    }

    void plateauLowersTheRate()
    {
        TrainingOptions options = quickOptions();
        options.epochs = 25;
        options.schedule = "plateau";
        options.plateauPatience = 1;
        options.learningRate = 0.02;
        options.rateFactor = 0.1;
        RecordingObserver observer;
        const auto result = trained(options, m_data, observer);
        QVERIFY(result.ok());
        double expected = 0.02;
        for (const EpochMetrics& epoch : result->epochs) {
            QVERIFY(std::abs(epoch.learningRate - expected) < 1e-12);
            expected *= epoch.best ? 1 : 0.1;
        }
        QVERIFY(expected < 0.02);
    }

    void cosineEndsNearZero()
    {
        TrainingOptions options = quickOptions();
        options.schedule = "cosine";
        RecordingObserver observer;
        const auto result = trained(options, m_data, observer);
        QVERIFY(result.ok());
        QVERIFY(result->epochs.back().learningRate < options.learningRate * 0.01);
        QVERIFY(result->epochs.back().learningRate > 0);
    }

    void anEleventhLogitWhereThereAreNoDigits_data()
    {
        QTest::addColumn<bool>("inTraining");
        QTest::addColumn<bool>("inValidation");
        QTest::newRow("in neither") << false << false;
        QTest::newRow("in training") << true << false;
        QTest::newRow("in validation") << false << true;
    }

    void anEleventhLogitWhereThereAreNoDigits()
    {
        QFETCH(bool, inTraining);
        QFETCH(bool, inValidation);
        const TrainingData without = syntheticTrainingData(64, 16, 0);
        const TrainingData with = dataWithNoDigits(64, 16, 0);
        TrainingOptions options = quickOptions();
        options.epochs = 1;
        RecordingObserver observer;
        const TrainingData data{inTraining ? with.training : without.training,
                                inValidation ? with.validation : without.validation, nullptr, nullptr};
        const auto result = trained(options, data, observer);
        QVERIFY(result.ok());
        const bool eleven = inTraining || inValidation;
        QCOMPARE(result->last->info().hasNoDigitClass, eleven);
        QCOMPARE(result->last->info().parameters, std::int64_t{eleven ? 109'386 + 65 : 109'386});
    }

    void learnsWhatIsNoDigit()
    {
        const TrainingData data = dataWithNoDigits(1'000, 400, 200);
        TrainingOptions options = quickOptions();
        options.epochs = 4;
        RecordingObserver observer;
        const auto result = trained(options, data, observer);
        QVERIFY(result.ok());
        const auto evaluation = result->best->evaluate(*data.test, {});
        QCOMPARE(evaluation->images, std::size_t{200});
        QCOMPARE(evaluation->noDigits, std::size_t{50});
        QVERIFY2(evaluation->auroc > 0.99, qPrintable(QString::number(evaluation->auroc)));
        QVERIFY(evaluation->noDigitsAccepted <= 2);
        QVERIFY(evaluation->turnedAway <= 10);
        QVERIFY(evaluation->accuracy > 0.7);
        // What is reported counts all images; what the model is held to, digits.
        QCOMPARE(result->epochs.back().validationAccuracy,
                 result->last->evaluate(*data.validation, {})->accuracy);
    }

    void calibratesOnTheValidationImages()
    {
        RecordingObserver observer;
        TrainingOptions options = quickOptions();
        options.epochs = 5;
        options.learningRate = 0.03; // Restless enough that the last epoch is seldom the best.
        const auto result = trained(options, m_data, observer);
        QVERIFY(result.ok());
        for (const auto& model : {result->best, result->last}) {
            const ModelInfo& info = model->info();
            QVERIFY(info.temperature > 0.2 && info.temperature < 10 && info.temperature != 1);
            QVERIFY(info.digitScoring.has_value());
            // 0.5 % of 200 digits is one.
            QCOMPARE(model->evaluate(*m_data.validation, {})->turnedAway, std::size_t{1});
        }
        if (result->best != result->last) {
            QVERIFY(result->best->info().temperature != result->last->info().temperature);
        }
    }

    void validatesAndKeepsTheAveragedWeights()
    {
        TrainingOptions options = quickOptions();
        options.network = "cnn";
        options.learningRate = 0.005;
        options.epochs = 3;
        RecordingObserver plainObserver;
        const auto plain = trained(options, m_data, plainObserver);
        options.weightAverage = 0.9;
        RecordingObserver observer;
        const auto averaged = trained(options, m_data, observer);
        QVERIFY(plain.ok() && averaged.ok());
        // The training itself is the same.
        QCOMPARE(observer.batches.back().loss, plainObserver.batches.back().loss);
        QVERIFY(averaged->epochs.back().validationLoss != plain->epochs.back().validationLoss);
        QVERIFY(averaged->epochs.back().validationAccuracy > 0.6);
        QVERIFY(std::abs(averaged->last->evaluate(*m_data.validation, {})->loss -
                         averaged->epochs.back().validationLoss) < 1e-9);
        QCOMPARE(averaged->last->info().options.weightAverage, 0.9);
    }

    void strangeLabelsAreAnError()
    {
        TrainingData data = syntheticTrainingData(64, 16, 0);
        DigitSet strange = *data.training;
        strange.labels[3] = 11;
        data.training = std::make_shared<const DigitSet>(std::move(strange));
        RecordingObserver observer;
        const auto result = trained(quickOptions(), data, observer);
        QVERIFY(!result.ok());
        QVERIFY(QString::fromStdString(result.error().message).contains(QStringLiteral("label 11")));
    }
};

QTEST_GUILESS_MAIN(TrainerOptionsTest)
#include "tst_traineroptions.moc"
