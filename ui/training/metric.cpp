#include "ui/training/metric.h"

#include "ui/training/trainingtext.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace digitpad {

namespace {

struct MetricText
{
    Q_DECLARE_TR_FUNCTIONS(MetricText)
};

constexpr int mostDecimals = 5;

QString superscript(int number)
{
    static constexpr char16_t digits[] = u"⁰¹²³⁴⁵⁶⁷⁸⁹";
    QString text = QString::number(std::abs(number));
    for (QChar& digit : text) {
        digit = QChar(digits[digit.digitValue()]);
    }
    return number < 0 ? u'⁻' + text : text;
}

QString withoutZeros(QString text)
{
    const QString point = numberLocale().decimalPoint();
    if (text.contains(point)) {
        while (text.endsWith(numberLocale().zeroDigit())) {
            text.chop(1);
        }
        if (text.endsWith(point)) {
            text.chop(point.size());
        }
    }
    return text;
}

} // namespace

QString metricName(Metric metric)
{
    switch (metric) {
    case Metric::Accuracy:
        return MetricText::tr("Accuracy");
    case Metric::LearningRate:
        return MetricText::tr("Learning rate");
    case Metric::GradientNorm:
        return MetricText::tr("Gradient norm");
    case Metric::Loss:
        break;
    }
    return MetricText::tr("Loss");
}

QString metricKey(Metric metric)
{
    switch (metric) {
    case Metric::Accuracy:
        return QStringLiteral("accuracy");
    case Metric::LearningRate:
        return QStringLiteral("learning_rate");
    case Metric::GradientNorm:
        return QStringLiteral("gradient_norm");
    case Metric::Loss:
        break;
    }
    return QStringLiteral("loss");
}

double batchValue(const BatchPoint& batch, Metric metric)
{
    switch (metric) {
    case Metric::Accuracy:
        return double(batch.accuracy);
    case Metric::LearningRate:
        return double(batch.learningRate);
    case Metric::GradientNorm:
        return double(batch.gradientNorm);
    case Metric::Loss:
        break;
    }
    return double(batch.loss);
}

double trainingValue(const EpochMetrics& epoch, Metric metric)
{
    switch (metric) {
    case Metric::Accuracy:
        return epoch.trainingAccuracy;
    case Metric::LearningRate:
        return epoch.learningRate;
    case Metric::GradientNorm:
        return epoch.gradientNorm;
    case Metric::Loss:
        break;
    }
    return epoch.trainingLoss;
}

double validationValue(const EpochMetrics& epoch, Metric metric)
{
    return metric == Metric::Accuracy ? epoch.validationAccuracy : epoch.validationLoss;
}

bool hasValidation(Metric metric)
{
    return metric == Metric::Loss || metric == Metric::Accuracy;
}

bool isNoisy(Metric metric)
{
    return metric != Metric::LearningRate;
}

bool canBeLogarithmic(Metric metric)
{
    return metric != Metric::Accuracy;
}

QString metricText(Metric metric, double value)
{
    switch (metric) {
    case Metric::Accuracy:
        return percentText(value, 2);
    case Metric::LearningRate:
        return shortNumberText(value);
    case Metric::Loss:
    case Metric::GradientNorm:
        break;
    }
    return lossText(value);
}

QString tickText(Metric metric, double value, int decimals)
{
    if (metric == Metric::Accuracy) {
        return percentText(value, std::max(0, decimals - 2));
    }
    return decimals > mostDecimals ? shortNumberText(value) : numberLocale().toString(value, 'f', decimals);
}

QString shortNumberText(double value)
{
    if (value == 0 || !std::isfinite(value)) {
        return value == 0 ? QStringLiteral("0") : lossText(value);
    }
    const int exponent = static_cast<int>(std::floor(std::log10(std::abs(value)) + 1e-9));
    if (exponent >= -4 && exponent < 6) {
        return withoutZeros(numberLocale().toString(value, 'f', std::max(0, 3 - exponent)));
    }
    const QString factor = withoutZeros(numberLocale().toString(value / std::pow(10, exponent), 'f', 2));
    return factor + QStringLiteral("×10") + superscript(exponent);
}

} // namespace digitpad
