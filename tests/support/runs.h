#pragma once

#include "core/learning/runfolder.h"
#include "core/learning/runrecord.h"

#include <QTest>

#include <cmath>
#include <memory>

/// Runs as tests want them.
namespace digitpad::test {

/// Every option is another than usual.
inline RunOptions unusualOptions()
{
    RunOptions options;
    options.data.parts = {QStringLiteral("mnist"), QStringLiteral("/home/ada/my digits.jsonl")};
    options.data.syntheticCount = 12'345;
    options.data.syntheticSeed = 0xFEDCBA9876543210;
    options.data.noDigitCount = 77;
    options.data.withNoDigits = true;
    options.data.heldOutGroups = {QStringLiteral("Zoë")};
    options.data.inkRepeats = 3;
    options.data.augmentation = AugmentationOptions::usual();
    TrainingOptions& training = options.training;
    training.network = "cnn";
    training.details = {{300, 100}, "gelu", false, 0.25};
    training.optimizer = "sgd";
    training.learningRate = 0.1;
    training.momentum = 0.85;
    training.nesterov = true;
    training.beta1 = 0.8;
    training.beta2 = 0.95;
    training.alpha = 0.9;
    training.epsilon = 1e-7;
    training.weightDecay = 5e-4;
    training.schedule = "one-cycle";
    training.warmUp = 0.05;
    training.stepEpochs = 2;
    training.rateFactor = 0.7;
    training.plateauPatience = 4;
    training.finalLearningRate = 1e-5;
    training.labelSmoothing = 0.1;
    training.gradientClip = 1.5;
    training.weightAverage = 0.999;
    training.batchSize = 128;
    training.epochs = 5;
    training.plainEpochs = 1;
    training.validationSplit = 0.15;
    training.folds = 5;
    training.fold = 2;
    training.patience = 7;
    training.seed = 18'446'744'073'709'551'615U;
    training.normalization = NormalizationChoice::Own;
    training.mean = 0.1307;
    training.standardDeviation = 0.3081;
    training.device = "cuda";
    training.threads = 2;
    return options;
}

/// A run that is about to begin.
inline RunRecord newRun(const QString& name, const QString& preset = QStringLiteral("baseline"))
{
    RunRecord record;
    record.name = name;
    record.preset = preset;
    record.options.data.parts = {QStringLiteral("mnist")};
    record.dataNames = QStringLiteral("MNIST training");
    record.trainingImages = 54'000;
    record.validationImages = 6'000;
    record.testImages = 10'000;
    record.parameters = 109'386;
    record.device = QStringLiteral("CPU, 2 threads");
    record.versions = QStringLiteral("DigitPad 0.1.0, LibTorch 1.13.1");
    return record;
}

/// The epoch of a run that gets better until epoch 8, then worse.
inline EpochMetrics epochMetrics(int epoch, double pace = 1)
{
    const double away = std::abs(epoch - 8.0);
    EpochMetrics metrics;
    metrics.epoch = epoch;
    metrics.step = 100 * epoch;
    metrics.trainingLoss = 0.9 / (1 + pace * epoch);
    metrics.trainingAccuracy = 1 - 0.3 / (1 + pace * epoch);
    metrics.validationLoss = 0.05 + 0.01 * away / pace;
    metrics.validationAccuracy = 0.99 - 0.002 * away / pace;
    metrics.learningRate = 0.001 / epoch;
    metrics.gradientNorm = 1.0 / 3 + epoch;
    metrics.seconds = 1.25;
    metrics.best = epoch <= 8;
    return metrics;
}

inline BatchPoint batchPoint(std::int64_t step)
{
    const auto x = static_cast<float>(step);
    return {step, 2.3F / (1 + x / 50), 1 - 0.9F / (1 + x / 50), 0.001F, 1 + 1 / x};
}

/// Trains `epochs` epochs of ten batches, as far as files know.
inline void train(RunWriter& writer, int from, int epochs, double pace = 1)
{
    for (int epoch = from; epoch < from + epochs; ++epoch) {
        for (int batch = 1; batch <= 10; ++batch) {
            writer.addBatch(batchPoint(100 * (epoch - 1) + 10 * batch));
        }
        const auto added = writer.addEpoch(epochMetrics(epoch, pace));
        QVERIFY2(added.ok(), added ? "" : added.error().message.c_str());
    }
}

/// A run that is over; its folder.
inline QString finishedRun(const QString& runsFolder, const RunRecord& record, int epochs,
                           RunState state = RunState::Completed, double pace = 1)
{
    auto writer = RunWriter::create(runsFolder, record);
    if (!writer) {
        return {};
    }
    train(**writer, 1, epochs, pace);
    const auto finished = (*writer)->finish(state, {}, nullptr);
    return finished ? (*writer)->record().folder : QString();
}

} // namespace digitpad::test
