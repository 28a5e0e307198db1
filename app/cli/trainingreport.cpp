#include "app/cli/trainingreport.h"

#include "app/cli/console.h"
#include "app/cli/interrupt.h"
#include "app/cli/jsontext.h"
#include "app/cli/output.h"

#include <QJsonArray>
#include <QStringList>

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>
#include <utility>

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

QJsonObject startedObject(const RunRecord& record, const RunCurves* curves)
{
    QJsonObject object = toJson(record.options);
    return QJsonObject{
        {u"event"_s, u"started"_s},
        {u"run"_s, record.folder.isEmpty() ? QJsonValue() : QJsonValue(record.folder)},
        {u"name"_s, record.name},
        {u"data"_s, object[u"data"_s]},
        {u"validationSources"_s, QJsonArray::fromStringList(record.validationSources)},
        {u"trainingImages"_s, record.trainingImages},
        {u"validationImages"_s, record.validationImages},
        {u"testImages"_s, record.testImages},
        {u"epochsBefore"_s, curves == nullptr ? 0 : static_cast<qint64>(curves->epochs.size())},
        {u"options"_s, object[u"training"_s]}};
}

QString validationText(const RunRecord& record)
{
    constexpr qsizetype mostNames = 8;
    const QStringList& names = record.validationSources;
    const QString images = number(static_cast<double>(record.validationImages));
    if (names.isEmpty()) {
        return images;
    }
    return names.size() > mostNames ? u"%1 (of %2 sources of their own)"_s.arg(images).arg(names.size())
                                    : u"%1 (sources of their own: %2)"_s.arg(images, names.join(u", "_s));
}

QByteArray startedText(const RunRecord& record, const RunCurves* curves)
{
    QString text = u"Training %1 (%2 parameters) on %3 images, validating on %4\n"_s.arg(
        QString::fromStdString(record.options.training.network),
        number(static_cast<double>(record.parameters)), number(static_cast<double>(record.trainingImages)),
        validationText(record));
    if (curves != nullptr && !curves->epochs.empty()) {
        text += u"Going on after epoch %1\n"_s.arg(curves->epochs.size());
    }
    return text.toUtf8();
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
                       {u"gradientNorm"_s, metrics.gradientNorm},
                       {u"seconds"_s, metrics.seconds},
                       {u"best"_s, metrics.best}};
}

TrainingReport::TrainingReport(Output& output, bool json)
    : m_output(output)
    , m_json(json)
    , m_status(!json)
{
}

TrainingReport::~TrainingReport()
{
    detach();
}

void TrainingReport::attach(RunControl& control, const Interrupt& interrupt)
{
    m_control = &control;
    if (interrupt.descriptor() < 0 || ::pipe2(m_wake.data(), O_CLOEXEC) != 0) {
        return; // Without descriptors Ctrl+C is looked at when there is news, which is nearly as good.
    }
    m_waiter = std::thread([this, &control, stop = interrupt.descriptor(), wake = m_wake[0]] {
        std::array<pollfd, 2> descriptors = {pollfd{stop, POLLIN, 0}, pollfd{wake, POLLIN, 0}};
        while (::poll(descriptors.data(), descriptors.size(), -1) < 0 && errno == EINTR) {
        }
        if (descriptors[0].revents != 0) {
            control.stop();
        }
    });
}

void TrainingReport::detach()
{
    if (m_waiter.joinable()) {
        ::close(std::exchange(m_wake[1], -1)); // The other end of a closed pipe is readable.
        m_waiter.join();
        ::close(std::exchange(m_wake[0], -1));
    }
    m_control = nullptr;
}

void TrainingReport::onRunBegan(const RunRecord& record, const std::shared_ptr<const RunCurves>& curves,
                                const QStringList& warnings)
{
    sayAll(warnings);
    m_epochs = record.options.training.epochs;
    m_runFolder = record.folder;
    m_output.write(m_json ? jsonLine(startedObject(record, curves.get()))
                          : startedText(record, curves.get()));
    m_output.flush();
}

void TrainingReport::onProgress(const BatchProgress& newest, const QVector<BatchPoint>&)
{
    if (m_status.due()) {
        m_status.show(progressText(newest, m_epochs, terminalWidth() - 1));
    }
}

void TrainingReport::onEpoch(const EpochMetrics& metrics)
{
    StatusLine::makeRoom();
    m_output.write(m_json ? jsonLine(epochObject(metrics)) : epochText(metrics, m_epochs).toUtf8() + '\n');
    m_output.flush();
}

void TrainingReport::onRunEnded(const RunRecord&)
{
    StatusLine::makeRoom();
}

void TrainingReport::onHeld(const QString& problem)
{
    if (m_control != nullptr && !problem.isEmpty()) {
        StatusLine::makeRoom();
        say(problem);
        say(u"The training stops; what the last checkpoint holds can be resumed with --resume."_s);
        m_control->stop();
    }
}

void TrainingReport::onSnapshotTaken(const std::shared_ptr<const Model>&) {}

} // namespace digitpad::cli
