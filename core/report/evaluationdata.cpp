#include "core/report/evaluationdata.h"

#include <QJsonArray>

#include <optional>

namespace digitpad {

using namespace Qt::StringLiterals;

namespace {

QJsonValue valueOf(const std::optional<double>& figure)
{
    return figure ? QJsonValue(*figure) : QJsonValue();
}

QJsonArray classesJson(const EvaluationFigures& figures)
{
    QJsonArray classes;
    for (std::size_t digit = 0; digit < figures.classes.size(); ++digit) {
        const ClassFigures& of = figures.classes[digit];
        classes.append(
            QJsonObject{{u"digit"_s, static_cast<int>(digit)},
                        {u"images"_s, static_cast<qint64>(of.support)},
                        {u"precision"_s, valueOf(of.precision)},
                        {u"recall"_s, valueOf(of.recall)},
                        {u"f1"_s, of.support + of.guesses > 0 ? QJsonValue(of.f1) : QJsonValue()}});
    }
    return classes;
}

QJsonArray confusionJson(const ConfusionMatrix& confusion)
{
    QJsonArray rows;
    for (const auto& truth : confusion) {
        QJsonArray row;
        for (const std::int64_t count : truth) {
            row.append(static_cast<qint64>(count));
        }
        rows.append(row);
    }
    return rows;
}

QJsonArray reliabilityJson(const Reliability& reliability)
{
    QJsonArray bins;
    for (const Reliability::Bin& bin : reliability.bins()) {
        bins.append(QJsonObject{{u"images"_s, static_cast<qint64>(bin.images)},
                                {u"confidence"_s, bin.meanConfidence()},
                                {u"accuracy"_s, bin.accuracy()}});
    }
    return bins;
}

QJsonArray robustnessJson(const std::vector<RobustnessCurve>& curves)
{
    QJsonArray array;
    for (const RobustnessCurve& curve : curves) {
        QJsonArray points;
        for (const RobustnessPoint& point : curve.points) {
            points.append(QJsonObject{{u"amount"_s, point.amount},
                                      {u"images"_s, static_cast<qint64>(point.images)},
                                      {u"accuracy"_s, point.accuracy},
                                      {u"low"_s, point.interval.low},
                                      {u"high"_s, point.interval.high}});
        }
        array.append(QJsonObject{{u"distortion"_s, QString::fromStdString(distortionKey(curve.distortion))},
                                 {u"points"_s, points}});
    }
    return array;
}

/// Rows of the CSV.
class Table
{
public:
    void add(const char* figure, const std::optional<double>& value, const QString& digit = {},
             const QString& guess = {}, const QString& level = {})
    {
        m_text += QString::fromLatin1(figure) + u',' + digit + u',' + guess + u',' + level + u',' +
                  (value ? QString::number(*value, 'g', 12) : QString()) + u"\r\n"_s;
    }
    [[nodiscard]] QByteArray text() const { return m_text.toUtf8(); }

private:
    QString m_text = u"figure,digit,guess,level,value\r\n"_s;
};

void addClasses(Table& table, const EvaluationFigures& figures)
{
    for (std::size_t i = 0; i < figures.classes.size(); ++i) {
        const ClassFigures& of = figures.classes[i];
        const QString digit = QString::number(i);
        table.add("images", static_cast<double>(of.support), digit);
        table.add("precision", of.precision, digit);
        table.add("recall", of.recall, digit);
        table.add("f1", of.f1, digit);
    }
    for (std::size_t truth = 0; truth < figures.confusion.size(); ++truth) {
        for (std::size_t guess = 0; guess < figures.confusion.size(); ++guess) {
            table.add("confusion", static_cast<double>(figures.confusion[truth][guess]),
                      QString::number(truth), QString::number(guess));
        }
    }
}

void addReliability(Table& table, const Reliability& reliability)
{
    for (const Reliability::Bin& bin : reliability.bins()) {
        if (bin.images > 0) {
            const QString level = QString::number(bin.meanConfidence(), 'g', 6);
            table.add("reliability_images", static_cast<double>(bin.images), {}, {}, level);
            table.add("reliability_accuracy", bin.accuracy(), {}, {}, level);
        }
    }
}

} // namespace

QJsonObject evaluationJson(const EvaluationFigures& figures, const std::vector<RobustnessCurve>& robustness)
{
    const bool digits = figures.images > 0;
    const auto ofDigits = [digits](double figure) { return digits ? QJsonValue(figure) : QJsonValue(); };
    const double auroc = figures.acceptance.areaUnderRoc();
    QJsonObject object{
        {u"images"_s, static_cast<qint64>(figures.images)},
        {u"accuracy"_s, ofDigits(figures.accuracy)},
        {u"topTwoAccuracy"_s, ofDigits(figures.topTwoAccuracy)},
        {u"loss"_s, ofDigits(figures.loss)},
        {u"calibrationError"_s, ofDigits(figures.calibrated.expectedCalibrationError())},
        {u"calibrationErrorBefore"_s, ofDigits(figures.bare.expectedCalibrationError())},
        {u"temperature"_s, figures.temperature},
        {u"threshold"_s, figures.threshold},
        {u"turnedAway"_s, static_cast<qint64>(figures.images - figures.accepted.digitsAccepted)},
        {u"noDigits"_s, static_cast<qint64>(figures.noDigits)},
        {u"noDigitsAccepted"_s, static_cast<qint64>(figures.accepted.noDigitsAccepted)},
        {u"auroc"_s, auroc < 0 ? QJsonValue() : QJsonValue(auroc)},
        {u"seconds"_s, figures.seconds},
        {u"imagesPerSecond"_s, figures.imagesPerSecond()},
        {u"classes"_s, classesJson(figures)},
        {u"confusion"_s, confusionJson(figures.confusion)},
        {u"reliability"_s, reliabilityJson(figures.calibrated)},
        {u"macro"_s, QJsonObject{{u"precision"_s, ofDigits(figures.macro.precision)},
                                 {u"recall"_s, ofDigits(figures.macro.recall)},
                                 {u"f1"_s, ofDigits(figures.macro.f1)}}},
    };
    object[u"accuracyInterval"_s] =
        digits ? QJsonValue(QJsonArray{figures.accuracyInterval.low, figures.accuracyInterval.high})
               : QJsonValue();
    if (!robustness.empty()) {
        object[u"robustness"_s] = robustnessJson(robustness);
    }
    return object;
}

QJsonObject evaluationJson(const EvaluationData& data)
{
    QJsonObject object = evaluationJson(data.figures, data.robustness);
    object[u"model"_s] = data.model;
    object[u"network"_s] = QString::fromStdString(data.info.network);
    object[u"parameters"_s] = static_cast<qint64>(data.info.parameters);
    object[u"data"_s] = data.data;
    object[u"made"_s] = data.made.toUTC().toString(Qt::ISODate);
    object[u"program"_s] = data.program;
    return object;
}

QByteArray evaluationCsv(const EvaluationData& data)
{
    const EvaluationFigures& figures = data.figures;
    Table table;
    table.add("images", static_cast<double>(figures.images));
    table.add("accuracy", figures.accuracy);
    table.add("accuracy_low", figures.accuracyInterval.low);
    table.add("accuracy_high", figures.accuracyInterval.high);
    table.add("top_two_accuracy", figures.topTwoAccuracy);
    table.add("loss", figures.loss);
    table.add("calibration_error", figures.calibrated.expectedCalibrationError());
    table.add("calibration_error_before", figures.bare.expectedCalibrationError());
    table.add("temperature", figures.temperature);
    table.add("threshold", figures.threshold);
    table.add("turned_away", static_cast<double>(figures.images - figures.accepted.digitsAccepted));
    table.add("no_digits", static_cast<double>(figures.noDigits));
    table.add("no_digits_accepted", static_cast<double>(figures.accepted.noDigitsAccepted));
    table.add("images_per_second", figures.imagesPerSecond());
    table.add("macro_precision", figures.macro.precision);
    table.add("macro_recall", figures.macro.recall);
    table.add("macro_f1", figures.macro.f1);
    addClasses(table, figures);
    addReliability(table, figures.calibrated);
    for (const RobustnessCurve& curve : data.robustness) {
        for (const RobustnessPoint& point : curve.points) {
            table.add(("robustness_" + distortionKey(curve.distortion)).c_str(), point.accuracy, {}, {},
                      QString::number(point.amount));
        }
    }
    return table.text();
}

} // namespace digitpad
