#pragma once

#include "core/data/datasource.h"
#include "core/learning/trainingoptions.h"

#include <QStringList>

namespace digitpad::cli {

class Output;

/// The program's exit codes; scripts rely on them.
enum ExitCode {
    Done = 0,
    Failed = 1,
    WrongUsage = 2,
};

/// What the command line asked for, one struct a subcommand. Each run…() does the work, prints results on
/// `output`, says on standard error what went wrong, and returns an ExitCode.
struct ClassifyOptions
{
    QString model; ///< Empty for the bundled one.
    bool json = false;
    bool number = false; ///< All digits of each drawing, not one.
    QStringList inputs;  ///< Files, or "-" for JSON Lines on standard input.
};
int runClassify(const ClassifyOptions& options, Output& output);

/// Which weights of a run are saved.
enum class KeptWeights {
    Best, ///< Of the epoch with the lowest validation loss.
    Last,
};

struct TrainOptions
{
    DataSource source;
    TrainingOptions training;
    KeptWeights keep = KeptWeights::Best;
    QString out;
    bool json = false;
};
int runTrain(const TrainOptions& options, Output& output);

struct EvaluateOptions
{
    QString model; ///< Empty for the bundled one.
    DataSource source;
    bool json = false;
};
int runEvaluate(const EvaluateOptions& options, Output& output);

struct DownloadOptions
{
    QString folder;      ///< Empty for the application's own.
    QStringList mirrors; ///< Empty for the public ones.
};
int runDownload(const DownloadOptions& options, Output& output);

struct VersionOptions
{
};
/// Of DigitPad, Qt and LibTorch.
int runVersion(Output& output);

} // namespace digitpad::cli
