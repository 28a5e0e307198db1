#include "app/cli/trainingreport.h"

#include "app/cli/console.h"
#include "app/cli/interrupt.h"
#include "app/cli/jsontext.h"
#include "app/cli/output.h"

#include <QStringList>

#include <algorithm>

namespace digitpad::cli {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype narrowestBar = 12;
constexpr qsizetype widestBar = 40;

/// Of the whole run, 0 to 1.
double partDone(const BatchProgress& progress, int epochs)
{
    const double batches = static_cast<double>(progress.batches);
    const double done = batches * (progress.epoch - 1) + static_cast<double>(progress.batch);
    return batches > 0 ? done / (batches * epochs) : 0;
}

} // namespace

QString progressText(const BatchProgress& progress, int epochs, int width)
{
    const double part = partDone(progress, epochs);
    const QString head = u"Epoch %1/%2 "_s.arg(progress.epoch).arg(epochs);
    QStringList tail = {u" %1 %"_s.arg(static_cast<int>(part * 100), 3),
                        u"  %1 left"_s.arg(clockTime(progress.secondsLeft)),
                        u"  loss %1"_s.arg(number(progress.loss, 4)),
                        u"  %1 images/s"_s.arg(number(progress.imagesPerSecond))};
    const auto room = [&] { return width - head.size() - tail.join(QString()).size(); };
    while (tail.size() > 1 && room() < narrowestBar) {
        tail.removeLast();
    }
    const auto bar = static_cast<int>(std::clamp(room(), qsizetype{2}, widestBar));
    return head + progressBar(part, bar) + tail.join(QString());
}

QString epochText(const EpochMetrics& metrics, int epochs)
{
    const int digits = static_cast<int>(QString::number(epochs).size());
    const QString text =
        u"Epoch %1/%2: training loss %3, accuracy %4; validation loss %5, accuracy %6; %7 s%8"_s;
    return text.arg(metrics.epoch, digits)
        .arg(epochs)
        .arg(number(metrics.trainingLoss, 4), percent(metrics.trainingAccuracy, 2),
             number(metrics.validationLoss, 4), percent(metrics.validationAccuracy, 2),
             number(metrics.seconds, 1), metrics.best ? u", best so far"_s : QString());
}

QJsonObject epochObject(const EpochMetrics& metrics)
{
    return QJsonObject{{u"event"_s, u"epoch"_s},
                       {u"epoch"_s, metrics.epoch},
                       {u"step"_s, static_cast<qint64>(metrics.step)},
                       {u"trainingLoss"_s, metrics.trainingLoss},
                       {u"trainingAccuracy"_s, metrics.trainingAccuracy},
                       {u"validationLoss"_s, metrics.validationLoss},
                       {u"validationAccuracy"_s, metrics.validationAccuracy},
                       {u"learningRate"_s, metrics.learningRate},
                       {u"seconds"_s, metrics.seconds},
                       {u"best"_s, metrics.best}};
}

TrainingReport::TrainingReport(Output& output, bool json, int epochs, const Interrupt& interrupt)
    : m_output(output)
    , m_json(json)
    , m_epochs(epochs)
    , m_interrupt(interrupt)
    , m_status(!json)
{
}

void TrainingReport::onBatch(const BatchProgress& progress)
{
    if (m_status.due()) {
        m_status.show(progressText(progress, m_epochs, terminalWidth() - 1));
    }
}

void TrainingReport::onEpoch(const EpochMetrics& metrics)
{
    StatusLine::makeRoom();
    m_output.write(m_json ? jsonLine(epochObject(metrics)) : epochText(metrics, m_epochs).toUtf8() + '\n');
    m_output.flush();
}

bool TrainingReport::stopRequested()
{
    return m_interrupt.requested();
}

} // namespace digitpad::cli
