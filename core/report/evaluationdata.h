#pragma once

#include "core/data/digitset.h"
#include "core/learning/evaluationfigures.h"
#include "core/learning/robustness.h"

#include <QByteArray>
#include <QDateTime>
#include <QJsonObject>
#include <QString>

#include <memory>
#include <vector>

namespace digitpad {

/// A model measured on a source: all that a report shows.
struct EvaluationData
{
    QString model; ///< What the person calls it.
    QString data;
    ModelInfo info;
    EvaluationFigures figures;
    std::vector<ImageReading> readings;      ///< One for each image of `set`.
    std::shared_ptr<const DigitSet> set;     ///< Not null.
    std::vector<RobustnessCurve> robustness; ///< Empty where it was not measured.
    QDateTime made;
    QString program; ///< "DigitPad 0.1.0"
};

/// For machines; what is undefined is null. Counts: images (digits), turnedAway (digits below the threshold),
/// noDigits, noDigitsAccepted; parts from 0 to 1: accuracy with accuracyInterval (95 %, Wilson),
/// topTwoAccuracy, calibrationError after and calibrationErrorBefore the temperature, auroc; loss,
/// temperature, threshold, seconds, imagesPerSecond; macro and each of classes: precision, recall, f1;
/// confusion (a row a true digit); reliability: bins after the temperature; robustness, where it was
/// measured.
QJsonObject evaluationJson(const EvaluationFigures& figures,
                           const std::vector<RobustnessCurve>& robustness = {});
/// The same with model, data and time.
QJsonObject evaluationJson(const EvaluationData& data);

/// The figures as a table of long form, RFC 4180: figure,digit,guess,level,value. What a column does not
/// apply to is empty in it.
QByteArray evaluationCsv(const EvaluationData& data);

} // namespace digitpad
