#pragma once

#include "core/data/datasource.h"
#include "core/learning/runoptions.h"

#include <QStringList>

#include <optional>

namespace digitpad::cli {

class Output;

/// The program's exit codes; scripts rely on them.
enum ExitCode {
    Done = 0,
    Failed = 1,
    WrongUsage = 2,
};

/// A model, and what to make of a file that is not DigitPad's own.
struct ModelChoice
{
    QString path; ///< Empty for the bundled one.
    /// Mean and standard deviation of the pixels scaled to 0..1 that the network was trained with; what the
    /// file gives where this is empty.
    std::optional<PixelStatistics> normalization = {};
    bool trustTorchScript = false; ///< Whether a TorchScript file, which is a program, may run.
};

/// What the command line asked for, one struct a subcommand. Each run…() does the work, prints results on
/// `output`, says on standard error what went wrong, and returns an ExitCode.
struct ClassifyOptions
{
    ModelChoice model;
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
    RunOptions run;
    QStringList warnings = {}; ///< Of the options file, in sentences.
    QString name = {};         ///< What to call the run; empty for a name made from its options.
    QString preset = {};       ///< Preset::name; empty for none.
    QString resume = {};       ///< A run's id or name; the options are then its own but for `epochs`.
    std::optional<int> epochs = {};
    bool record = true;       ///< Whether the run leaves a folder.
    QString runsFolder = {};  ///< Empty for the person's own.
    QString saveOptions = {}; ///< Where not empty, the options are written there, and nothing is trained.
    KeptWeights keep = KeptWeights::Best;
    QString out = {}; ///< Empty where the run's folder is enough.
    bool json = false;
};
int runTrain(const TrainOptions& options, Output& output);

struct PresetsOptions
{
    bool json = false;
};
int runPresets(const PresetsOptions& options, Output& output);

struct RunsOptions
{
    QString folder;   ///< Empty for the person's own.
    QStringList runs; ///< Ids, names or beginnings of ids; empty for a list of all.
    bool json = false;
};
int runRuns(const RunsOptions& options, Output& output);

struct EvaluateOptions
{
    ModelChoice model;
    DataSource source;
    QString report = {}; ///< See writeEvaluationReport(); empty for none.
    bool robustness = false;
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
