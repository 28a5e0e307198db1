#include "app/cli/evaluationformat.h"

#include "app/cli/console.h"

#include <algorithm>
#include <optional>

namespace digitpad::cli {

using namespace Qt::StringLiterals;

namespace {

std::optional<double> part(std::int64_t some, std::int64_t all)
{
    if (all == 0) {
        return std::nullopt;
    }
    return static_cast<double>(some) / static_cast<double>(all);
}

QString partText(const std::optional<double>& part)
{
    return part ? percent(*part, 2) : u"–"_s;
}

QString whole(std::int64_t value)
{
    return number(static_cast<double>(value));
}

QString classRow(const QString& name, const QString& images, const std::optional<double>& precision,
                 const std::optional<double>& recall, const std::optional<double>& f1)
{
    return u"%1 %2 %3 %4 %5\n"_s.arg(name, 5)
        .arg(images, 8)
        .arg(partText(precision), 10)
        .arg(partText(recall), 9)
        .arg(partText(f1), 9);
}

QString classTable(const EvaluationFigures& figures)
{
    QString table = u"Digit   Images  Precision    Recall        F1\n"_s;
    for (std::size_t digit = 0; digit < figures.classes.size(); ++digit) {
        const ClassFigures& of = figures.classes[digit];
        table += classRow(QString::number(digit), whole(of.support), of.precision, of.recall,
                          of.support + of.guesses > 0 ? std::optional(of.f1) : std::nullopt);
    }
    return table + classRow(u"Mean"_s, {}, figures.macro.precision, figures.macro.recall, figures.macro.f1);
}

QString confusionTable(const EvaluationFigures& figures)
{
    qsizetype width = 1;
    for (const auto& row : figures.confusion) {
        width = std::max(width, QString::number(*std::max_element(row.begin(), row.end())).size());
    }
    const auto cell = [width](std::int64_t value) {
        return QString::number(value).rightJustified(width + 2);
    };
    QString table = u"Confusion matrix: a row for each true digit, a column for each guess\n     "_s;
    for (int guess = 0; guess < digitClasses; ++guess) {
        table += cell(guess);
    }
    for (std::size_t truth = 0; truth < figures.confusion.size(); ++truth) {
        table += u"\n%1"_s.arg(truth, 5);
        for (const std::int64_t count : figures.confusion[truth]) {
            table += cell(count);
        }
    }
    return table + u'\n';
}

/// Counts and their part of all, as "12 (0.35 %)".
QString countText(std::int64_t some, std::int64_t all)
{
    return u"%1 (%2)"_s.arg(whole(some), partText(part(some, all)));
}

/// How well digits are told from the rest, in lines.
QString rejectionText(const EvaluationFigures& figures)
{
    QString text;
    if (figures.images > 0) {
        text += u"Turned away  %1 of the digits\n"_s.arg(
            countText(figures.images - figures.accepted.digitsAccepted, figures.images));
    }
    if (figures.noDigits > 0) {
        text += u"No digits    %1, of which %2 were taken for one\n"_s.arg(
            whole(figures.noDigits), countText(figures.accepted.noDigitsAccepted, figures.noDigits));
    }
    if (const double auroc = figures.acceptance.areaUnderRoc(); auroc >= 0) {
        text += u"AUROC        %1, digits against the rest\n"_s.arg(number(auroc, 4));
    }
    return text;
}

QString digitsText(const EvaluationFigures& figures)
{
    if (figures.images == 0) {
        return {};
    }
    const QString text = u"Accuracy     %1 (%2 of %3 images misread), 95 % interval %4 to %5\n"_s.arg(
        percent(figures.accuracy, 2), whole(figures.images - figures.correct), whole(figures.images),
        percent(figures.accuracyInterval.low, 2), percent(figures.accuracyInterval.high, 2));
    return text +
           u"Top two      %1\nLoss         %2\n"_s.arg(percent(figures.topTwoAccuracy, 2),
                                                       number(figures.loss, 4)) +
           u"Calibration  %1, the mean error of the confidence (%2 before the temperature of %3)\n"_s.arg(
               number(figures.calibrated.expectedCalibrationError(), 4),
               number(figures.bare.expectedCalibrationError(), 4), number(figures.temperature, 3));
}

} // namespace

QString evaluationText(const EvaluationFigures& figures)
{
    const QString summary = digitsText(figures) + rejectionText(figures) +
                            u"Speed        %1 images/s\n"_s.arg(number(figures.imagesPerSecond()));
    return figures.images == 0 ? summary
                               : summary + u'\n' + classTable(figures) + u'\n' + confusionTable(figures);
}

} // namespace digitpad::cli
