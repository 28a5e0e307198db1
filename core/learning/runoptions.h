#pragma once

#include "core/data/datasource.h"
#include "core/learning/trainingoptions.h"

#include <QByteArray>
#include <QJsonObject>
#include <QString>
#include <QStringList>

#include <vector>

namespace digitpad {

/// Everything that a run is asked for: what the form shows, a run's folder keeps, and an options file holds.
struct RunOptions
{
    DataSource data;
    TrainingOptions training;

    bool operator==(const RunOptions&) const = default;
};

/// The options as JSON: {"format": "DigitPad training options", "version": 1, "data": {…}, "training": {…}},
/// keys in camelCase as the structs' members; numbers as numbers but for the seeds, which are strings (a JSON
/// number holds 53 bits); what a NetworkDetails leaves empty is left out.
QJsonObject toJson(const RunOptions& options);
QByteArray optionsFileText(const RunOptions& options);

/// What an options file says.
struct ReadOptions
{
    RunOptions options;
    QStringList warnings; ///< Keys that are missing, whose defaults were taken: a sentence that names them.
};
/// Unknown keys, values of the wrong type and files of a newer version are errors that name them. Values that
/// are possible in no run are left to validateAlone().
Result<ReadOptions> runOptionsFromJson(const QJsonObject& object);
Result<ReadOptions> parseOptionsFile(const QByteArray& text, const QString& fileName);
Result<ReadOptions> readOptionsFile(const QString& path);
/// Atomic.
Result<void> writeOptionsFile(const QString& path, const RunOptions& options);

/// Ready-made options, to begin with one click. A preset leaves the data as they are but for augmentation.
struct Preset
{
    QString name;        ///< "baseline", "improved", "fast-cnn", "accurate-cnn", "tiny": on the command line.
    QString title;       ///< For people.
    QString explanation; ///< One or two sentences, with the accuracy on MNIST's test set that was measured.
    TrainingOptions training;
    std::optional<AugmentationOptions> augmentation;
};
/// In the order to show.
const std::vector<Preset>& presets();
/// Null where there is none of that name.
const Preset* findPreset(const QString& name);
/// `options` with what the preset says.
RunOptions withPreset(const Preset& preset, RunOptions options);
/// Names of the options in which the two differ, as they are called in JSON ("learningRate"), data first.
QStringList differingOptions(const RunOptions& a, const RunOptions& b);

} // namespace digitpad
