#include "ui/training/trainingtext.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace digitpad {

namespace {

struct TrainingText
{
    Q_DECLARE_TR_FUNCTIONS(TrainingText)
};

QString minutesText(qint64 minutes)
{
    if (minutes < 60) {
        return TrainingText::tr("%1 min").arg(minutes);
    }
    return minutes % 60 == 0 ? TrainingText::tr("%1 h").arg(minutes / 60)
                             : TrainingText::tr("%1 h %2 min").arg(minutes / 60).arg(minutes % 60);
}

QString epochsText(std::size_t epochs)
{
    return epochs == 1 ? TrainingText::tr("1 epoch") : TrainingText::tr("%1 epochs").arg(epochs);
}

} // namespace

QLocale numberLocale()
{
    const QLocale locale;
    return locale.language() == QLocale::C ? QLocale(QLocale::English) : locale;
}

QString percentText(double part, int decimals)
{
    return numberLocale().toString(100 * part, 'f', decimals) + QStringLiteral("\u00A0%");
}

QString lossText(double loss)
{
    if (!std::isfinite(loss)) {
        return TrainingText::tr("not a number");
    }
    const double magnitude = std::abs(loss);
    const int decimals = magnitude > 0 ? 2 - static_cast<int>(std::floor(std::log10(magnitude))) : 2;
    return numberLocale().toString(loss, 'f', std::clamp(decimals, 0, 8));
}

QString countText(qint64 count)
{
    return numberLocale().toString(count);
}

QString durationText(double seconds)
{
    if (seconds < 9.95) {
        return TrainingText::tr("%1 s").arg(numberLocale().toString(std::max(0.0, seconds), 'f', 1));
    }
    const qint64 whole = std::llround(seconds);
    if (whole < 60) {
        return TrainingText::tr("%1 s").arg(whole);
    }
    if (whole < 600) {
        return whole % 60 == 0 ? TrainingText::tr("%1 min").arg(whole / 60)
                               : TrainingText::tr("%1 min %2 s").arg(whole / 60).arg(whole % 60);
    }
    return minutesText(std::llround(seconds / 60));
}

QString timeLeftText(double seconds)
{
    if (!std::isfinite(seconds) || seconds <= 0) {
        return {};
    }
    if (seconds <= 10) {
        return TrainingText::tr("a few seconds left");
    }
    if (seconds <= 55) {
        return TrainingText::tr("about %1 s left").arg(5 * std::llround(std::ceil(seconds / 5)));
    }
    qint64 minutes = std::llround(seconds / 60);
    if (minutes > 20) {
        minutes = 5 * std::llround(static_cast<double>(minutes) / 5);
    }
    return TrainingText::tr("about %1 left").arg(minutesText(std::max<qint64>(1, minutes)));
}

QString speedText(double imagesPerSecond)
{
    if (!std::isfinite(imagesPerSecond) || imagesPerSecond <= 0) {
        return {};
    }
    const double unit = std::pow(10, std::max(0.0, std::floor(std::log10(imagesPerSecond)) - 1));
    return TrainingText::tr("%1 images/s")
        .arg(countText(std::llround(std::round(imagesPerSecond / unit) * unit)));
}

QString progressText(const BatchProgress& progress, int epochs)
{
    return TrainingText::tr("Epoch %1 of %2 · batch %3 of %4")
        .arg(progress.epoch)
        .arg(epochs)
        .arg(countText(progress.batch), countText(progress.batches));
}

double progressPart(const BatchProgress& progress, int epochs)
{
    const double all = static_cast<double>(progress.batches) * epochs;
    return all > 0 ? std::clamp(static_cast<double>(progress.step) / all, 0.0, 1.0) : 0;
}

QString dataText(qint64 training, qint64 validation, qint64 test)
{
    const QString learning = TrainingText::tr("%1 images to learn from, %2 for validation")
                                 .arg(countText(training), countText(validation));
    return test > 0 ? TrainingText::tr("%1, %2 for the test").arg(learning, countText(test)) : learning;
}

const EpochMetrics* bestEpoch(const TrainingResult& result)
{
    const auto best = std::find_if(result.epochs.rbegin(), result.epochs.rend(),
                                   [](const EpochMetrics& epoch) { return epoch.best; });
    return best == result.epochs.rend() ? nullptr : &*best;
}

QString completedText(const TrainingResult& result)
{
    const QString effort = TrainingText::tr("after %1 in %2")
                               .arg(epochsText(result.epochs.size()), durationText(result.seconds));
    const QString how = result.outcome == TrainingOutcome::StoppedEarly
                            ? TrainingText::tr("Finished early, since validation no longer got better")
                            : TrainingText::tr("Finished");
    const double test = result.best ? result.best->info().testAccuracy : -1;
    if (test >= 0) {
        return TrainingText::tr("%1: test accuracy %2 %3.").arg(how, percentText(test, 1), effort);
    }
    if (const EpochMetrics* best = bestEpoch(result)) {
        return TrainingText::tr("%1: validation accuracy %2 %3; the data have no test set.")
            .arg(how, percentText(best->validationAccuracy, 1), effort);
    }
    return TrainingText::tr("%1 %2.").arg(how, effort);
}

QString stoppedText(const TrainingResult& result)
{
    if (!result.best) {
        return TrainingText::tr("Stopped before training began; there is no new model.");
    }
    const bool diverged = result.outcome == TrainingOutcome::Diverged;
    if (const EpochMetrics* best = bestEpoch(result)) {
        const QString text =
            diverged
                ? TrainingText::tr(
                      "The loss exploded after %1: the best model before that is kept (epoch %2, "
                      "validation accuracy %3).")
                : TrainingText::tr("Stopped after %1: the best model so far is kept (epoch %2, validation "
                                   "accuracy %3).");
        return text.arg(epochsText(result.epochs.size()))
            .arg(best->epoch)
            .arg(percentText(best->validationAccuracy, 1));
    }
    if (diverged) {
        return TrainingText::tr("The loss exploded in the first epoch; nothing was learned.");
    }
    return TrainingText::tr(
        "Stopped in the first epoch: the weights of that moment are kept, but they have not learned much.");
}

QString runStateText(RunState state)
{
    switch (state) {
    case RunState::Running:
        return TrainingText::tr("Running");
    case RunState::Interrupted:
        return TrainingText::tr("Interrupted");
    case RunState::Completed:
        return TrainingText::tr("Completed");
    case RunState::Stopped:
        return TrainingText::tr("Stopped");
    case RunState::Failed:
        return TrainingText::tr("Failed");
    case RunState::Damaged:
        return TrainingText::tr("Damaged");
    case RunState::Newer:
        return TrainingText::tr("From a newer version");
    }
    return {};
}

} // namespace digitpad
