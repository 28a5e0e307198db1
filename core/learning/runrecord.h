#pragma once

#include "core/learning/engine.h"
#include "core/learning/runoptions.h"

#include <QDateTime>
#include <QString>

#include <vector>

namespace digitpad {

/// How a run stands, as its folder tells.
enum class RunState {
    Running,     ///< A living process is at it (it holds the folder's lock), or has paused it.
    Interrupted, ///< Its process ended in the middle: it can be resumed where it has a checkpoint.
    Completed,
    Stopped, ///< By the person, or early for want of progress; it can be continued.
    Failed,  ///< `problem` says why.
    Damaged, ///< The folder's run.json cannot be read; `problem` says what is wrong.
    Newer,   ///< Written by a newer version of the program.
};

/// One batch, as the charts show it.
struct BatchPoint
{
    std::int64_t step = 0; ///< From 1.
    float loss = 0;
    float accuracy = 0; ///< 0..1.
    float learningRate = 0;
    float gradientNorm = 0;
};

/// What is known of a run without its curves.
struct RunRecord
{
    QString folder; ///< Absolute path; its last part is the run's id.
    QString name;   ///< What the person calls it.
    QString note;
    QString preset; ///< Empty where the options are nobody's preset (any more).
    RunState state = RunState::Running;
    QString problem; ///< A sentence for the person; empty where all is well.

    RunOptions options;
    QString dataNames; ///< "MNIST training + synthetic digits"
    QString dataHash;  ///< SHA-256 in hex of training and validation images, labels and order.
    /// The collections' sources (or writers) that validation has to itself.
    QStringList validationSources;
    qint64 trainingImages = 0;
    qint64 validationImages = 0;
    qint64 testImages = 0;
    qint64 parameters = 0;
    QString device;   ///< "CPU, 2 threads"; "CUDA, NVIDIA H100".
    QString versions; ///< "DigitPad 0.1.0, LibTorch 1.13.1"

    QDateTime started;
    double seconds = 0; ///< Of training, pauses left out.
    int epochsDone = 0;
    int bestEpoch = 0;                  ///< 0 where none has ended.
    double bestValidationLoss = -1;     ///< -1 where unknown, like those below; losses >= 0, accuracies 0..1.
    double bestValidationAccuracy = -1; ///< Of the best epoch.
    double testAccuracy = -1;           ///< Of the best weights.
    bool hasBest = false;               ///< best.pt is there.
    bool hasLast = false;               ///< last.pt is there: can be resumed or continued.

    bool operator==(const RunRecord&) const = default;
};

/// A run's curves.
struct RunCurves
{
    std::vector<EpochMetrics> epochs;
    /// Every batch, or every 2nd, 4th, … of a long run: at most 20,000 points.
    std::vector<BatchPoint> batches;
};

} // namespace digitpad

Q_DECLARE_METATYPE(digitpad::RunRecord)
