#pragma once

#include "core/learning/engine.h"
#include "core/learning/runrecord.h"

#include <QLocale>
#include <QString>

namespace digitpad {

/// The words and numbers of the Training tab, apart from its widgets. Accuracies are 0..1, times are seconds.

/// The person's locale for numbers; English where the system names none, so that thousands are grouped.
QLocale numberLocale();

/// "97.4 %", with a no-break space.
QString percentText(double part, int decimals);
/// "0.0932", "1.24", "0.000412": three significant digits.
QString lossText(double loss);
/// "60,000"
QString countText(qint64 count);
/// "0.8 s", "12 s", "2 min 5 s", "1 h 3 min"
QString durationText(double seconds);
/// "a few seconds left", "about 40 s left", "about 2 min left", "about 1 h 20 min left": coarse, so that it
/// seldom changes. Empty where nothing is known yet.
QString timeLeftText(double seconds);
/// "3,900 images/s", two significant digits above 100; empty where nothing is known yet.
QString speedText(double imagesPerSecond);
/// "Epoch 3 of 10 · batch 412 of 844"
QString progressText(const BatchProgress& progress, int epochs);
/// The part of the whole run that is done, 0..1.
double progressPart(const BatchProgress& progress, int epochs);
/// "60,000 images to learn from, 6,000 for validation, 10,000 for the test"
QString dataText(qint64 training, qint64 validation, qint64 test);

/// "Finished: test accuracy 97.4 % (best model) after 10 epochs in 12 s.", or the validation accuracy where
/// there was no test set.
QString completedText(const TrainingResult& result);
/// What a stopped run leaves: the best model so far, the weights of the moment, or nothing.
QString stoppedText(const TrainingResult& result);

/// The epoch with the best validation loss; null where not one ended.
const EpochMetrics* bestEpoch(const TrainingResult& result);

/// "Completed", "Interrupted"… for people.
QString runStateText(RunState state);

} // namespace digitpad
