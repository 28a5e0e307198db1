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
    return evaluation.seconds > 0 ? static_cast<double>(evaluation.images) / evaluation.seconds : 0;
}

QString evaluationText(const Evaluation& evaluation)
{
    std::int64_t right = 0;
    for (std::size_t digit = 0; digit < evaluation.confusion.size(); ++digit) {
        right += evaluation.confusion[digit][digit];
    }
    const QString summary =
        u"Accuracy  %1 (%2 of %3 images misread)\nLoss      %4\nSpeed     %5 images/s\n"_s;
    return summary.arg(percent(evaluation.accuracy, 2),
                       whole(static_cast<std::int64_t>(evaluation.images) - right),
                       whole(static_cast<std::int64_t>(evaluation.images)), number(evaluation.loss, 4),
                       number(imagesPerSecond(evaluation))) +
           u'\n' + classTable(evaluation) + u'\n' + confusionTable(evaluation);
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
    return QJsonObject{{u"images"_s, static_cast<qint64>(evaluation.images)},
                       {u"loss"_s, evaluation.loss},
                       {u"accuracy"_s, evaluation.accuracy},
                       {u"seconds"_s, evaluation.seconds},
                       {u"imagesPerSecond"_s, imagesPerSecond(evaluation)},
                       {u"classes"_s, classes},
                       {u"confusion"_s, confusion}};
}

} // namespace digitpad::cli
