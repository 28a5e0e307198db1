#include "app/cli/evaluationformat.h"

#include "app/cli/console.h"

#include <QJsonArray>

#include <algorithm>
#include <numeric>

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

QJsonValue partValue(const std::optional<double>& part)
{
    return part ? QJsonValue(*part) : QJsonValue();
}

QString whole(std::int64_t value)
{
    return number(static_cast<double>(value));
}

QString classTable(const Evaluation& evaluation)
{
    QString table = u"Digit   Images  Precision    Recall\n"_s;
    const auto figures = classFigures(evaluation);
    for (std::size_t digit = 0; digit < figures.size(); ++digit) {
        table += u"%1 %2 %3 %4\n"_s.arg(digit, 5)
                     .arg(whole(figures[digit].images), 8)
                     .arg(partText(figures[digit].precision), 10)
                     .arg(partText(figures[digit].recall), 9);
    }
    return table;
}

QString confusionTable(const Evaluation& evaluation)
{
    qsizetype width = 1;
    for (const auto& row : evaluation.confusion) {
        width = std::max(width, QString::number(*std::max_element(row.begin(), row.end())).size());
    }
    const auto cell = [width](std::int64_t value) {
        return QString::number(value).rightJustified(width + 2);
    };
    QString table = u"Confusion matrix: a row for each true digit, a column for each guess\n     "_s;
    for (int guess = 0; guess < digitClasses; ++guess) {
        table += cell(guess);
    }
    for (std::size_t truth = 0; truth < evaluation.confusion.size(); ++truth) {
        table += u"\n%1"_s.arg(truth, 5);
        for (const std::int64_t count : evaluation.confusion[truth]) {
            table += cell(count);
        }
    }
    return table + u'\n';
}

/// Counts and their part of all, as "12 (0.35 %)".
QString countText(std::size_t some, std::size_t all)
{
    const auto count = static_cast<std::int64_t>(some);
    return u"%1 (%2)"_s.arg(whole(count), partText(part(count, static_cast<std::int64_t>(all))));
}

/// How well digits are told from the rest, in lines.
QString rejectionText(const Evaluation& evaluation)
{
    QString text;
    if (evaluation.images > 0) {
        text += u"Turned away  %1 of the digits\n"_s.arg(countText(evaluation.turnedAway, evaluation.images));
    }
    if (evaluation.noDigits > 0) {
        text += u"No digits    %1, of which %2 were taken for one\n"_s.arg(
            whole(static_cast<std::int64_t>(evaluation.noDigits)),
            countText(evaluation.noDigitsAccepted, evaluation.noDigits));
    }
    if (evaluation.auroc >= 0) {
        text += u"AUROC        %1, digits against the rest\n"_s.arg(number(evaluation.auroc, 4));
    }
    return text;
}

QString digitsText(const Evaluation& evaluation)
{
    if (evaluation.images == 0) {
        return {};
    }
    std::int64_t right = 0;
    for (std::size_t digit = 0; digit < evaluation.confusion.size(); ++digit) {
        right += evaluation.confusion[digit][digit];
    }
    const auto images = static_cast<std::int64_t>(evaluation.images);
    const QString text = u"Accuracy     %1 (%2 of %3 images misread)\nLoss         %4\n"
                         "Calibration  %5, the mean error of the confidence\n"_s;
    return text.arg(percent(evaluation.accuracy, 2), whole(images - right), whole(images),
                    number(evaluation.loss, 4), number(evaluation.calibrationError, 4));
}

} // namespace

std::array<ClassFigures, digitClasses> classFigures(const Evaluation& evaluation)
{
    std::array<ClassFigures, digitClasses> figures;
    for (std::size_t digit = 0; digit < figures.size(); ++digit) {
        const auto& row = evaluation.confusion[digit];
        std::int64_t guesses = 0;
        for (const auto& truth : evaluation.confusion) {
            guesses += truth[digit];
        }
        figures[digit].images = std::accumulate(row.begin(), row.end(), std::int64_t{0});
        figures[digit].precision = part(row[digit], guesses);
        figures[digit].recall = part(row[digit], figures[digit].images);
    }
    return figures;
}

double imagesPerSecond(const Evaluation& evaluation)
{
    const auto images = static_cast<double>(evaluation.images + evaluation.noDigits);
    return evaluation.seconds > 0 ? images / evaluation.seconds : 0;
}

QString evaluationText(const Evaluation& evaluation)
{
    const QString summary = digitsText(evaluation) + rejectionText(evaluation) +
                            u"Speed        %1 images/s\n"_s.arg(number(imagesPerSecond(evaluation)));
    return evaluation.images == 0
               ? summary
               : summary + u'\n' + classTable(evaluation) + u'\n' + confusionTable(evaluation);
}

QJsonObject evaluationObject(const Evaluation& evaluation)
{
    QJsonArray classes;
    QJsonArray confusion;
    const auto figures = classFigures(evaluation);
    for (std::size_t digit = 0; digit < figures.size(); ++digit) {
        classes.append(QJsonObject{{u"digit"_s, static_cast<int>(digit)},
                                   {u"images"_s, static_cast<qint64>(figures[digit].images)},
                                   {u"precision"_s, partValue(figures[digit].precision)},
                                   {u"recall"_s, partValue(figures[digit].recall)}});
        QJsonArray row;
        for (const std::int64_t count : evaluation.confusion[digit]) {
            row.append(static_cast<qint64>(count));
        }
        confusion.append(row);
    }
    const bool digits = evaluation.images > 0;
    const auto ofDigits = [digits](double figure) { return digits ? QJsonValue(figure) : QJsonValue(); };
    return QJsonObject{{u"images"_s, static_cast<qint64>(evaluation.images)},
                       {u"loss"_s, ofDigits(evaluation.loss)},
                       {u"accuracy"_s, ofDigits(evaluation.accuracy)},
                       {u"calibrationError"_s, ofDigits(evaluation.calibrationError)},
                       {u"turnedAway"_s, static_cast<qint64>(evaluation.turnedAway)},
                       {u"noDigits"_s, static_cast<qint64>(evaluation.noDigits)},
                       {u"noDigitsAccepted"_s, static_cast<qint64>(evaluation.noDigitsAccepted)},
                       {u"auroc"_s, evaluation.auroc < 0 ? QJsonValue() : QJsonValue(evaluation.auroc)},
                       {u"seconds"_s, evaluation.seconds},
                       {u"imagesPerSecond"_s, imagesPerSecond(evaluation)},
                       {u"classes"_s, classes},
                       {u"confusion"_s, confusion}};
}

} // namespace digitpad::cli
