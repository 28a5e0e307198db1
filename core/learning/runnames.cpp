#include "core/learning/runnames.h"

#include <QCoreApplication>

#include <algorithm>

namespace digitpad {

namespace {

struct RunNames
{
    Q_DECLARE_TR_FUNCTIONS(RunNames)
};

QString titleOf(const RunOptions& options, const QString& preset)
{
    if (const Preset* known = findPreset(preset)) {
        return known->title;
    }
    const NetworkDescription* network = findNetwork(options.training.network);
    // "Fully connected" of "Fully connected, 784-128-64-10".
    return QString::fromStdString(network != nullptr ? network->title : options.training.network)
        .section(QStringLiteral(", "), 0, 0);
}

QString foldSuffix(int fold, int folds)
{
    return RunNames::tr(" · fold %1 of %2").arg(fold).arg(folds);
}

/// The number of a run named "TITLE NUMBER", with or without its fold behind it; 0 of others.
int numberOf(const RunRecord& run, const QString& title)
{
    const TrainingOptions& options = run.options.training;
    const QString name = nameWithoutFold(run.name, options.fold, options.folds);
    return name.startsWith(title + u' ') ? QStringView(name).mid(title.size() + 1).toInt() : 0;
}

} // namespace

QString newRunName(const RunOptions& options, const QString& preset, const std::vector<RunRecord>& runs)
{
    const QString title = titleOf(options, preset);
    int highest = 0;
    for (const RunRecord& run : runs) {
        highest = std::max(highest, numberOf(run, title));
    }
    return QStringLiteral("%1 %2").arg(title).arg(highest + 1);
}

QString foldName(const QString& name, int fold, int folds)
{
    return name + foldSuffix(fold, folds);
}

QString nameWithoutFold(const QString& name, int fold, int folds)
{
    const QString suffix = foldSuffix(fold, folds);
    return name.endsWith(suffix) ? name.chopped(suffix.size()) : name;
}

} // namespace digitpad
